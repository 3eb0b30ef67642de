import { datasetOf } from '../../../scripts/evidence/data.ts';
import { readDefinition, tasksOf } from '../../../scripts/evidence/definition.ts';
import { recordOf } from '../../../scripts/evidence/net-state.ts';
import { trainNet } from '../../../scripts/evidence/train-net.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { type EvidenceRecord, parseRecord, recordFile } from '../../core/results/evidence.ts';
import { startDevice } from '../../engine/device/device.ts';
import type { ProbeName } from '../../features/insight/probes/probes.ts';

interface TrainedRecord {
  readonly name: string;
  readonly lanes: readonly LaneSpec[];
  readonly seeds: readonly number[];
  readonly until: number;
  readonly probes?: readonly ProbeName[];
  /** The step to stop at, for a record in part. */
  readonly stop?: (lane: string, seed: number) => number;
}

/** A record of small nets on 8×8 images, really trained for some steps, as `npm run evidence` makes one. */
export async function trainedRecord(wanted: TrainedRecord): Promise<EvidenceRecord> {
  const { name, lanes, seeds, until, probes = [], stop = () => until } = wanted;
  const { experiment: tiny, sha256 } = await readDefinition('tiny');
  const experiment = { ...tiny, lanes, until };
  const definition = { experiment, seeds: [...seeds], sha256, measureAt: [], probes: [...probes] };
  const [device, dataset] = [await startDevice('wasm'), await datasetOf(tiny.data, '')];
  const runs = [];
  let data: EvidenceRecord['data'] | null = null;
  for (const task of tasksOf(definition)) {
    const training = { task, definition, dataset, device, commit: 'a', until: stop(task.lane, task.seed) };
    for await (const state of trainNet(training, null)) {
      data = state.data;
      if (state.losses.length === training.until) runs.push(recordOf(task.lane, task.seed, state));
    }
  }
  if (data === null) throw new Error('nothing was trained');
  return parseRecord(JSON.parse(recordFile({ name, experiment, seeds: [...seeds], data, runs })));
}
