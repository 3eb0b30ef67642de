import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import type { SlowRound, SlowStep } from '../../../core/results/slow-round.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { lanesToCompare } from '../../insight/view/compared.ts';
import { useInsightState, useLabState, useSlowState } from '../../use-stores.ts';
import { type Moment, placeAt, placesOf, valuesOf } from '../slow-moments.ts';
import { instructionWords, SLOW } from '../strings.ts';

interface SlowNotesProps {
  readonly round: SlowRound;
  readonly moment: Moment;
}

/** What the compared nets do at a moment: their instructions in order, with their numbers. */
export function SlowNotes({ round, moment }: SlowNotesProps) {
  const all = useLabState((state) => state.experiment.lanes);
  const chosen = useInsightState((state) => state.lanes);
  const compared = lanesToCompare(all, chosen);
  // While it plays, a screen reader would only ever hear beginnings; it hears each moment that is stepped to.
  const playing = useSlowState((state) => state.playing);
  return (
    <div className="slow-notes" role="status" aria-live={playing ? 'off' : 'polite'}>
      {round.steps.map((step) => {
        const lane = compared.find(({ name }) => name === step.lane);
        if (lane === undefined) return null;
        return (
          <div key={step.lane} className={netClass(lane.net.family)} style={netStyle(depthLightness(lane.net.depth))}>
            <b>
              <Name>{step.lane}</Name>
            </b>
            <LaneNotes step={step} moment={moment} />
          </div>
        );
      })}
    </div>
  );
}

function LaneNotes({ step, moment }: { readonly step: SlowStep; readonly moment: Moment }) {
  const { phase } = moment;
  const places = placesOf(step);
  const place = placeAt(step, moment);
  if (phase === 'loss') {
    return <span>{Number.isFinite(step.loss) ? SLOW.lossOf(step.loss, step.error) : SLOW.diverged}</span>;
  }
  if (phase === 'update') {
    const values = valuesOf(step, phase);
    const most = Math.max(...values.filter(Number.isFinite));
    return <span>{SLOW.largest(most, SLOW.place(values.indexOf(most), places))}</span>;
  }
  if (place === null) return <span>{SLOW.waits}</span>;
  const gains = new Map(step.forward.map(({ output, gain }) => [output, gain]));
  const rows =
    phase === 'forward'
      ? step.forward.map((note) => ({ ...note, numbers: [note.size] }))
      : step.backward.map((note) => ({ ...note, numbers: [note.signal, note.weights] }));
  return (
    <>
      <span>{SLOW.place(place, places)}</span>
      <table>
        <thead>
          <tr>
            <td />
            {(phase === 'forward' ? [SLOW.gives] : [SLOW.signal, SLOW.weights]).map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => row.place === place)
            .map((row) => (
              <tr key={row.output}>
                <th scope="row">{instructionWords(row, gains.get(row.output) ?? null)}</th>
                {row.numbers.map((number, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its number
                  <td key={column}>{number === null ? '' : SLOW.value(number)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
