import type { Picture } from '../../../core/data/images.ts';
import type { BranchKind } from '../../../core/experiment/branch-off.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import type { BlockGain } from '../../../core/experiment/surgery.ts';
import type { LesionRequest, LesionResult } from '../../../core/results/lesion.ts';
import type { ImageAnswers, RaceReport } from '../../../core/results/report.ts';
import type { SlowRound } from '../../../core/results/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot, WeightsFormat } from '../../../core/results/snapshot.ts';
import type { Dataset } from '../../../data/dataset.ts';
import type { Checkpoint } from '../../../engine/insight/probes/landscape-plane.ts';
import type { Branch, NewLane } from '../../../engine/training/race-lanes.ts';
import type { LanesAtStep } from '../../../engine/training/rounds.ts';
import type { ProbeRequest, ProbeResult } from '../../../features/insight/probes/probes.ts';
import type { Call } from '../../rpc.ts';

/**
 * The API of a shard: some lanes of a race, trained on one core by a worker of their own or by the coordinator itself.
 * Calls take effect in the order in which they are made.
 */
export interface ShardApi {
  /** Starts wasm with this number of threads and opens the experiment's race without lanes. */
  open(request: {
    readonly experiment: Experiment;
    readonly dataset: Dataset;
    readonly threads: number;
  }): Promise<void>;
  /** Uses this number of threads from the next step on. */
  setThreads(request: { readonly threads: number }): Promise<void>;
  /** Adds a lane; `file` holds the weights that it names as its initial ones. */
  add(request: NewLane & { readonly file?: Uint8Array }): Promise<void>;
  remove(request: { readonly lane: string }): Promise<void>;
  /** Begins a step of some lanes; all of them have finished `step` steps. */
  round(request: LanesAtStep): Promise<void>;
  /** Has the next report hold the lanes' answers to the first pictures of a training batch. */
  answerBatch(request: { readonly step: number }): Promise<void>;
  report(): Promise<RaceReport>;
  slowRound(request: LanesAtStep): Promise<SlowRound>;
  setGains(request: {
    readonly lane: string;
    readonly gains: readonly BlockGain[];
    readonly from: number;
  }): Promise<void>;
  /** A branch of a lane under a name that no lane of the shard has; it is not added. */
  branched(request: { readonly lane: string; readonly kind: BranchKind }): Promise<Branch>;
  rewind(request: { readonly lane: string; readonly snapshot: LaneSnapshot | null }): Promise<void>;
  diagnose(
    request: { readonly lane: string; readonly step: number; readonly from: LaneSnapshot | null },
    call: Call<MeasurementProgress<never>>,
  ): Promise<string | null>;
  /** A copy of all lanes, without those at step 0. */
  snapshot(request: undefined, call: Call): Promise<RaceSnapshot>;
  laneSnapshot(request: { readonly lane: string }, call: Call): Promise<LaneSnapshot>;
  classify(request: { readonly picture: Picture }): Promise<ImageAnswers>;
  weights(
    request: { readonly lane: string; readonly format: WeightsFormat },
    call: Call,
  ): Promise<Uint8Array<ArrayBuffer>>;
  lesion(
    request: { readonly lane: string; readonly request: LesionRequest },
    call: Call<MeasurementProgress<LesionResult>>,
  ): Promise<LesionResult>;
  probe(request: ShardProbe, call: Call<MeasurementProgress<ProbeResult>>): Promise<ProbeResult>;
  /** Lets the measurement that reported `turn` go on. */
  proceed(): Promise<void>;
  /** Frees the race. */
  close(): Promise<void>;
}

export interface ShardProbe {
  readonly lane: string;
  readonly request: ProbeRequest;
  /** Probes the lane as it was at step 0. */
  readonly atStart: boolean;
  readonly checkpoints: readonly Checkpoint[];
}

/** Progress of a measurement: a partial result, or that it waits for its turn. */
export type MeasurementProgress<Result> = { readonly type: 'part'; readonly part: Result } | { readonly type: 'turn' };
