import { max } from 'd3';
import type { ReactNode } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { formatNumber } from '../../../core/format.ts';
import type { SlowForward, SlowRound, SlowStep } from '../../../core/results/slow-round.ts';
import { say } from '../../../language/say.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { lanesToCompare } from '../../insight/compared.ts';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useInsightState, useSlowState } from '../../use-stores.ts';
import { alignedTexts } from '../aligned.ts';
import { type Moment, placeAt, placesOf, valuesOf } from '../slow-moments.ts';
import { SlowAnswers, SlowPictures } from './SlowPictures.tsx';
import styles from './slow-motion.module.css';

/** Up to this many nets, all have their numbers; beyond it, only those compared in *Look inside*. */
const ALL_NETS = 4;

interface SlowNotesProps {
  readonly round: SlowRound;
  readonly moment: Moment;
}

/** What the nets do at a moment: the images, each net's instructions with their numbers, at the end its answers. */
export function SlowNotes({ round, moment }: SlowNotesProps) {
  const all = useToldLanes();
  const chosen = useInsightState((state) => state.lanes);
  const shown = all.length <= ALL_NETS ? all : lanesToCompare(all, chosen);
  // While it plays, a screen reader would only hear beginnings; it hears each moment that is stepped to.
  const playing = useSlowState((state) => state.playing);
  const nets = shown.flatMap((lane) => {
    const step = round.steps.find((each) => each.lane === lane.name);
    return step === undefined ? [] : [{ lane, step }];
  });
  return (
    <div className={styles.moment}>
      {moment.phase !== 'loss' && <SlowPictures images={round.images} />}
      <div className={styles.notes} role="status" aria-live={playing ? 'off' : 'polite'}>
        {moment.phase === 'loss' ? (
          <SlowAnswers images={round.images} nets={nets} name={(lane) => <LaneName lane={lane} />} loss={lossText} />
        ) : (
          nets.map(({ lane, step }) => (
            <div key={lane.name}>
              <LaneName lane={lane} />
              <LaneNotes step={step} moment={moment} />
            </div>
          ))
        )}
      </div>
    </div>
  );
}

function LaneName({ lane: { name, net } }: { readonly lane: LaneSpec }) {
  return (
    <b className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
      <Name>{name}</Name>
    </b>
  );
}

function lossText({ loss, error }: SlowStep): string {
  if (!Number.isFinite(loss)) return say('slowMotion.diverged');
  return say('slowMotion.lossOf', { loss: formatNumber(loss), error: formatNumber(error) });
}

function LaneNotes({ step, moment }: { readonly step: SlowStep; readonly moment: Moment }): ReactNode {
  const { phase } = moment;
  const places = placesOf(step);
  const place = placeAt(step, moment);
  if (phase === 'update') {
    const values = valuesOf(step, phase);
    const most = max(values.filter(Number.isFinite));
    if (most === undefined) return <span>{say('slowMotion.diverged')}</span>;
    const text = placeText(values.indexOf(most), places);
    return <span>{say('slowMotion.largest', { percent: formatNumber(100 * most), place: text })}</span>;
  }
  if (place === null) return <span>{say('slowMotion.waits')}</span>;
  const gains = new Map(step.forward.map(({ output, gain }) => [output, gain]));
  const rows = (
    phase === 'forward'
      ? step.forward.map((note) => ({ ...note, numbers: [note.size] }))
      : step.backward.map((note) => ({ ...note, numbers: [note.signal, note.weights] }))
  ).filter((row) => row.place === place);
  const heads =
    phase === 'forward' ? [say('slowMotion.outputSize')] : [say('slowMotion.signal'), say('slowMotion.weights')];
  const columns = heads.map((_, column) => alignedTexts(rows.map(({ numbers }) => numbers[column] ?? null)));
  return (
    <>
      <span>{placeText(place, places)}</span>
      <table>
        <thead>
          <tr>
            <td />
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.output}>
              <th scope="row">{instructionText(row, gains.get(row.output) ?? null)}</th>
              {columns.map((texts, column) => (
                <td key={heads[column]}>{texts[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function placeText(place: number, places: number): string {
  if (place === 0) return say('slowMotion.stem');
  return place === places - 1 ? say('slowMotion.head') : say('slowMotion.block', { block: place });
}

/** What an instruction is on where that is not the way through the layers. */
function pathOf(output: string): 'shortcut' | 'identity' | 'one' | 'layers' {
  if (output.includes('.shortcut.')) return 'shortcut';
  const [, beside] = /\.rep\d+\.(conv|norm|identity)$/.exec(output) ?? [];
  return beside === undefined ? 'layers' : beside === 'identity' ? 'identity' : 'one';
}

/** "normalisation + 1 · shortcut, ReLU". `gain` is that of the shortcut that the instruction adds, if any. */
function instructionText(
  { op, output, relu }: Pick<SlowForward, 'op' | 'output' | 'relu'>,
  gain: number | null,
): string {
  return say('slowMotion.instruction', {
    path: pathOf(output),
    operation: say(`slowMotion.${op}Op`),
    // A gate mixes its shortcut in; its name says so.
    sum: gain === null || op === 'gate' ? 'no' : 'yes',
    gain: formatNumber(gain ?? 0),
    relu: relu ? 'yes' : 'no',
  });
}
