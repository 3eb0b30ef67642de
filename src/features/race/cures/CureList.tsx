import { Swords } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { netClass, netStyle } from '../../../charts/colours.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import { divergedText } from '../../../charts/series/seeds.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { percent } from '../../../core/format.ts';
import { builtGain, initialGain, netName } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { CHARTS_ID } from '../../../ui/section-ids.ts';
import { isOver } from '../../lab/curve.ts';
import type { Lab } from '../../lab/lab.ts';
import { type ChoiceOption, type Citation, citation } from '../../setup/design/choice-row.ts';
import { unusualOptions } from '../../setup/design/choice-table.ts';
import { useLab, useLabState, useRepeats, useRepeatsState } from '../../use-stores.ts';
import { CureAxis, CureDots, type DotScale, dotScale } from './CureDots.tsx';
import styles from './cures.module.css';
import { type CureRow, cureVerdict, SEEDS_FOR_VERDICT, sortedByError, type Walls } from './cures.ts';
import { NetSketch } from './NetSketch.tsx';
import { RecordedNote, recordedText, useRecordedCures } from './RecordedCures.tsx';

interface CureListProps {
  readonly rows: readonly CureRow[];
  readonly walls: Walls;
  readonly onCurves: () => void;
}

/** All nets between their two walls: one row a net with its idea, its source and its error, sorted when the race ends. */
export function CureList({ rows, walls, onCurves }: CureListProps) {
  const lanes = useLabState((state) => state.experiment.lanes);
  const ended = useLabState(({ curves, training, experiment }) => !training && isOver(curves, experiment.until));
  const repeats = useRepeats();
  const plan = useRepeatsState((state) => state.plan);
  const [attach, width] = useWidth<HTMLSpanElement>();
  const ordered = useOrder(rows, ended && plan === null);
  const record = useRecordedCures(walls, lanes);
  const recorded = record.shown === null ? NONE : record.rows;
  const scale = useMemo(() => dotScale([...rows, ...recorded], width ?? 0), [rows, recorded, width]);
  const seeds = Math.max(0, ...rows.map((row) => row.seeds));
  const bands = [walls.residual, walls.plain].flatMap((wall) =>
    rows.filter(({ name, isChanged }) => name === wall && !isChanged),
  );
  const dots = useDotsAt(ordered);
  return (
    <section className={styles.cures} id={CHARTS_ID} tabIndex={-1} aria-label={say('cures.title')}>
      <div className={styles.tools}>
        <p>{say('cures.legend', { seeds })}</p>
        {plan === null && seeds < SEEDS_FOR_VERDICT && (
          <button type="button" className="btn mini" onClick={() => repeats.start(SEEDS_FOR_VERDICT)}>
            {say('cures.repeat', { seeds: SEEDS_FOR_VERDICT })}
          </button>
        )}
        {record.isThere && (
          <button type="button" className="btn mini" onClick={record.toggle}>
            {record.shown === null && !record.isOther ? say('cures.showRecorded') : say('cures.hideRecorded')}
          </button>
        )}
        <button type="button" className="btn mini" data-other-picture onClick={onCurves}>
          {say('cures.showCurves')}
        </button>
      </div>
      {record.shown !== null && <RecordedNote record={record.shown} />}
      <div role="status" aria-live="polite">
        {record.isOther && <p>{say('cures.recordedOther')}</p>}
      </div>
      <div className={styles.head} aria-hidden="true">
        <span>{say('cures.net')}</span>
        <span>{say('cures.idea')}</span>
        <span>{say('cures.source')}</span>
        <span ref={attach} className={styles.axis}>
          <CureAxis scale={scale} bands={bands} />
        </span>
        <span>{say('cures.lower')}</span>
      </div>
      <ul onKeyDown={dots.onKeyDown}>
        {ordered.map((row) => {
          const lane = lanes.find(({ name }) => name === row.name);
          return lane && <Row key={row.name} {...{ row, rows, recorded, walls, lane, bands, scale, dots }} />;
        })}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly row: CureRow;
  readonly rows: readonly CureRow[];
  /** The same nets, trained to the end; none where no record is shown. */
  readonly recorded: readonly CureRow[];
  readonly walls: Walls;
  readonly lane: LaneSpec;
  readonly bands: readonly CureRow[];
  readonly scale: DotScale;
  readonly dots: DotsAt;
}

function Row({ row, rows, recorded, walls, lane, bands, scale, dots }: RowProps) {
  const lab = useLab();
  const { about, source } = ideaOf(lane);
  const verdict = cureVerdict(row, rows, walls);
  const end = recorded.find(({ name }) => name === row.name);
  return (
    <li className={netClass(row.family)} style={netStyle(row.lightness)} data-wall={row.isWall || undefined}>
      <b className={styles.net}>
        <Name>{row.name}</Name>
        <NetSketch net={lane.net} />
      </b>
      <span className={styles.idea}>{about}</span>
      <span className={styles.source}>{source}</span>
      <CureDots
        {...{ row, recorded: end, bands, scale }}
        isStop={dots.stop === row.name}
        isPointed={dots.at === row.name}
        onPointed={(is) => dots.point(row.name, is)}
      />
      <span className={styles.result}>
        <b>{percent(row.divergedAt === null ? row.mean : null)}</b>
        <span>{resultText(row, verdict, walls)}</span>
        {end !== undefined && <small>{recordedText(end, cureVerdict(end, recorded, walls))}</small>}
      </span>
      {!row.isWall && (
        <IconButton
          icon={Swords}
          label={say('cures.alone', { name: printable(row.name) })}
          onClick={() => raceAlone(lab, row.name, walls)}
        />
      )}
    </li>
  );
}

export function resultText(row: CureRow, verdict: ReturnType<typeof cureVerdict>, walls: Walls): string {
  const { divergedAt, seeds, errors } = row;
  if (divergedAt !== null) return divergedText({ diverged: seeds - errors.length, seeds }, divergedAt);
  if (row.isChanged) return say('cures.changed');
  if (row.isWall) return say('cures.wall', { wall: row.name === walls.plain ? 'plain' : 'residual' });
  return verdict === null ? '' : say('cures.verdict', { verdict });
}

/** What a net does otherwise than its wall, and who proposed it; the name alone of one that neither fits. */
export function ideaOf({ net }: Pick<LaneSpec, 'net'>): { readonly about: string; readonly source: string } {
  if (net.design !== undefined) return { about: netName(net), source: '' };
  const unusual = unusualOptions(net.choices);
  const gain = builtGain(net);
  if (gain !== null && gain !== initialGain(net.family))
    return { about: say('cures.weak', { gain }), source: citation(WEAK) };
  if (net.gains.some((gain) => gain !== initialGain(net.family))) return { about: netName(net), source: '' };
  if (hasSome(unusual))
    return {
      about: say(ideaAmong(unusual).about),
      source: [...new Set(unusual.map(({ source }) => citation(source)))].reduce((first, second) =>
        say('cures.sources', { first, second }),
      ),
    };
  if (net.block !== 'basic') return { about: netName(net), source: '' };
  return { about: say('cures.usual', { family: net.family }), source: citation({ first: 'He', year: 2015 }) };
}

function hasSome(options: readonly ChoiceOption[]): options is Some<ChoiceOption> {
  return options.length > 0;
}

/** What a net without normalisation has in its place, else what it does otherwise first. Its name says the rest. */
function ideaAmong(unusual: Some<ChoiceOption>): ChoiceOption {
  return unusual.find(({ choices }) => choices.norm === undefined) ?? unusual[0];
}

type Some<T> = readonly [T, ...T[]];

const NONE: readonly CureRow[] = [];

const WEAK: Citation = { first: 'He', year: 2016, compare: true };

/** Opens the same experiment with this net and the walls alone; the race before can be brought back. */
function raceAlone(lab: Lab, name: string, { plain, residual }: Walls): void {
  const { experiment } = lab.store.getState();
  const isIn = (lane: string) => [name, plain, residual].includes(lane);
  lab.openInstead({
    ...experiment,
    lanes: experiment.lanes.filter((lane) => isIn(lane.name)),
    surgery: experiment.surgery.filter(({ lane }) => isIn(lane)),
  });
}

/** The row whose numbers are told. */
interface DotsAt {
  /** Where pointer or focus are; null where they are elsewhere. */
  readonly at: string | null;
  /** The one row whose dots Tab reaches. */
  readonly stop: string | undefined;
  readonly point: (row: string, is: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** One tab stop for the dots of all rows: arrows, Home and End go from row to row. */
function useDotsAt(rows: readonly CureRow[]): DotsAt {
  const [at, setAt] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const stop = rows.some(({ name }) => name === last) ? last : rows[0]?.name;
  return {
    at,
    stop: stop ?? undefined,
    point: (row, is) => {
      setAt((now) => (is ? row : now === row ? null : now));
      if (is) setLast(row);
    },
    onKeyDown: (event) => {
      const from = event.target instanceof HTMLElement ? event.target.dataset.dots : undefined;
      if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') return setAt(null);
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const place = rows.findIndex(({ name }) => name === from);
      const next = rows[step(place, rows.length - 1)];
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-dots]')];
      all.find(({ dataset }) => dataset.dots === next?.name)?.focus();
    },
  };
}

/** The rows in an order that changes when the race has ended, and never while it runs. */
function useOrder(rows: readonly CureRow[], ended: boolean): readonly CureRow[] {
  const names = rows.map(({ name }) => name);
  const [order, setOrder] = useState<readonly string[]>(names);
  const isKnown = order.length === names.length && names.every((name) => order.includes(name));
  const wanted = ended ? sortedByError(rows).map(({ name }) => name) : isKnown ? order : names;
  if (wanted.some((name, at) => name !== order[at]) || wanted.length !== order.length) setOrder(wanted);
  const at = (row: CureRow) => wanted.indexOf(row.name);
  return [...rows].sort((a, b) => at(a) - at(b));
}
