import { useMemo, useState } from 'react';
import { isSameNet } from '../../../core/experiment/comparison.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { percent } from '../../../core/format.ts';
import { type EvidenceRecord, wholeRuns } from '../../../core/results/evidence.ts';
import { say } from '../../../language/say.ts';
import { isLocked } from '../../lesson/lesson-state.ts';
import { fits, ghostNets } from '../../records/ghost.ts';
import { HowMade } from '../../records/HowMade.tsx';
import { hasRecord, loadRecord } from '../../records/record-files.ts';
import { recordedNets, seedsOfEach } from '../../records/record-nets.ts';
import type { RecordName } from '../../records/records.ts';
import { useLab, useLabState, useLessonState } from '../../use-stores.ts';
import styles from './cures.module.css';
import { type CureRow, cureRows, type Verdict, type Walls, wallsOf } from './cures.ts';

/** The records of the preset’s nets, by the depth of its walls. */
const BY_DEPTH: Readonly<Record<number, RecordName>> = { 32: 'cures', 56: 'cures-56' };

interface RecordedCures {
  /** Whether the build has a record of nets as deep as these, and no question of the lesson would be answered by it. */
  readonly isThere: boolean;
  /** The record that is shown beside the live rows, some of whose nets it has; null while none is. */
  readonly shown: EvidenceRecord | null;
  /** Whether one was asked for, but is of other images, of another recipe or of none of the nets of the live race. */
  readonly isOther: boolean;
  /** What it has of the live nets, under their names. */
  readonly rows: readonly CureRow[];
  readonly toggle: () => void;
}

/** The record of what these nets come to when they are trained to the end; loaded when it is asked for. */
export function useRecordedCures(walls: Walls, lanes: readonly LaneSpec[]): RecordedCures {
  const lab = useLab();
  const isAsking = useLessonState(isLocked);
  const live = useLabState((state) => state.experiment);
  const [asked, setAsked] = useState<EvidenceRecord | null>(null);
  const name = BY_DEPTH[lanes.find((lane) => lane.name === walls.plain)?.net.depth ?? 0];
  const isThere = name !== undefined && hasRecord(name) && !isAsking;
  const known = isThere && asked?.name === name ? asked : null;
  const fitting = known !== null && fits(known, live) ? known : null;
  const rows = useMemo(() => (fitting === null ? [] : recordedRows(fitting, lanes)), [fitting, lanes]);
  const shown = rows.length > 0 ? fitting : null;
  const toggle = () => {
    if (known !== null) setAsked(null);
    else if (name !== undefined) lab.attempt(async () => setAsked(await loadRecord(name)));
  };
  return { isThere, shown, isOther: known !== shown, rows, toggle };
}

/** The rows of the recorded nets that are among these, at the record’s last step and under these names. */
export function recordedRows(record: EvidenceRecord, lanes: readonly LaneSpec[]): readonly CureRow[] {
  const walls = wallsOf(record.experiment);
  if (walls === null) return [];
  const nets = recordedNets(record);
  const rows = cureRows(
    record.experiment,
    nets.map(({ series }) => series),
    walls,
  );
  return lanes.flatMap(({ name, net }) => {
    const same = nets.find(({ lane }) => isSameNet(lane.net, net));
    const row = rows.find((each) => each.name === same?.lane.name);
    return row === undefined ? [] : [{ ...row, name }];
  });
}

/** "recorded: 12.3%, as good as the ResNet" */
export function recordedText({ mean, errors, seeds }: CureRow, verdict: Verdict | null): string {
  if (verdict === 'diverged' && errors.length > 0)
    return say('cures.recordedSome', { diverged: seeds - errors.length, seeds });
  return say('cures.recordedResult', { error: percent(mean), verdict: verdict ?? 'unknown' });
}

/** What the hollow marks are. */
export function recordedAbout(record: EvidenceRecord, live: Experiment): string {
  return say('cures.recordedAbout', { steps: record.experiment.until, ...seedsOfEach(ghostNets(record, live)) });
}

/** What the hollow marks are, how much of the record is trained, and how it was made. */
export function RecordedNote({ record }: { readonly record: EvidenceRecord }) {
  const live = useLabState((state) => state.experiment);
  const [whole, all] = [wholeRuns(record).length, record.experiment.lanes.length * record.seeds.length];
  return (
    <div className={styles.note}>
      <p>{recordedAbout(record, live)}</p>
      {whole < all && <p>{say('paper.partial', { whole, all })}</p>}
      <HowMade record={record} />
    </div>
  );
}
