import { type BranchKind, branchOff, folded, grown, growthProblem } from '../../core/experiment/branch-off.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import {
  type Experiment,
  type GainChange,
  gainsAt,
  type LaneSpec,
  tellingName,
  uniqueName,
} from '../../core/experiment/experiment.ts';
import { withGains, withLane, withoutLane, withoutLaterSurgery } from '../../core/experiment/lane-changes.ts';
import { depthProblem } from '../../core/experiment/limits.ts';
import { haveSameShape, phaseAt } from '../../core/experiment/lineage.ts';
import type { BlockGain } from '../../core/experiment/surgery.ts';
import { builtGain, type NetSpec } from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import type { LaneSnapshot, RaceSnapshot } from '../../core/results/snapshot.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { InitialValues } from '../insight/subject.ts';
import type { Lane } from './lane.ts';
import { LaneFactory, type WeightBytesByHash } from './lane-factory.ts';

/** A lane cannot be branched off, grown or folded; the message says why. */
export class BranchError extends SaidError {
  override readonly name = 'BranchError';
}

/** Why a net cannot be grown, in words. */
const NOT_GROWN = {
  depth: 'errors.branch.fixedDepth',
  'option-c': 'errors.branch.optionC',
  slope: 'errors.branch.slope',
  drop: 'errors.branch.drop',
  order: 'errors.branch.order',
} as const;

/** A lane to be added: its spec, its surgery, and the snapshot that it starts from; without one it starts at step 0. */
export interface NewLane {
  readonly lane: LaneSpec;
  readonly surgery: readonly GainChange[];
  readonly snapshot?: LaneSnapshot;
}

/** A branch to be added, at the step of its snapshot. */
export type Branch = Required<NewLane>;

/** The lanes of a race. Every change to them is recorded in its experiment. */
export class RaceLanes {
  readonly #factory: LaneFactory;
  #experiment: Experiment;
  #lanes: readonly Lane[] = [];
  /** Pending replacements of lanes by the nets that continue them. */
  #growths: Promise<void>[] = [];

  /** Throws a `MemoryError` or a `WeightsError`, as `Race` does. */
  constructor(
    experiment: Experiment,
    data: RaceData,
    device: DeviceInfo,
    snapshot: RaceSnapshot,
    files: WeightBytesByHash,
  ) {
    this.#experiment = { ...experiment, lanes: [] };
    this.#factory = new LaneFactory(data, experiment.recipe, device, files);
    for (const lane of experiment.lanes) this.#factory.checkMemory(lane);
    try {
      for (const lane of experiment.lanes) this.#add(lane, [], snapshot.get(lane.name));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** The experiment with all changes since the start. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** In the order in which they were added. */
  get all(): readonly Lane[] {
    return this.#lanes;
  }

  /** The lanes that have not diverged. */
  get racing(): readonly Lane[] {
    return this.#lanes.filter(({ racing }) => racing);
  }

  /** Steps that the foremost lane has finished. */
  get step(): number {
    return Math.max(0, ...this.#lanes.map(({ steps }) => steps));
  }

  /** Steps that every lane has finished, except those that diverged; Infinity where all have. */
  get leastSteps(): number {
    return Math.min(...this.racing.map(({ steps }) => steps));
  }

  /** Throws if no lane has this name. */
  of(name: string): Lane {
    const lane = this.#lanes.find(({ spec }) => spec.name === name);
    if (lane === undefined) throw new Error(`net ${printable(name)}: not in this race`);
    return lane;
  }

  /** Whether results of this lane are still to be reported: it has neither diverged nor been removed or rewound. */
  isWanted(lane: Lane): boolean {
    return lane.racing && this.#lanes.includes(lane.latest);
  }

  /**
   * Adds a lane at step 0, or at a snapshot's step, with its surgery. Throws a `MemoryError` where the device has no room
   * for it.
   */
  add({ lane, surgery, snapshot }: NewLane): void {
    this.#factory.checkMemory(lane);
    this.#add(lane, surgery, snapshot);
  }

  /** Removes a lane, and its surgery from the experiment. */
  remove(name: string): void {
    this.of(name).model.dispose();
    this.#lanes = this.#lanes.filter(({ spec }) => spec.name !== name);
    this.#experiment = withoutLane(this.#experiment, name);
  }

  /** As `Race.setGains`. */
  setGains(name: string, gains: readonly BlockGain[], from: number): void {
    const lane = this.of(name);
    this.#experiment = withGains(this.#experiment, name, gains, Math.max(lane.steps, from));
    this.prepare(lane);
  }

  /** As `Race.branched`. */
  async branched(name: string, kind: BranchKind): Promise<Branch> {
    const parent = this.of(name);
    if (parent.divergedAt !== null)
      throw new BranchError(sentence('errors.branch.diverged', { name: printable(name), step: parent.divergedAt }));
    const { steps } = parent;
    const { surgery, lanes } = this.#experiment;
    const lane = lanes.find((each) => each.name === name) ?? parent.spec;
    const next = this.#branchNet(lane, steps, kind);
    this.#factory.checkMemory({ name, net: next });
    const snapshot = await this.#factory.snapshotAs(parent, next);
    const own = this.#experiment.lanes.map((each) => each.name);
    // Shortcuts that were weakened later are no trait of the net: its row tells of them.
    const isAsBuilt = builtGain(next) === builtGain(phaseAt(lane, 0).net);
    const called = uniqueName(next, own, isAsBuilt ? tellingName(next) : undefined);
    const branched = branchOff({ lane, net: next, step: steps, surgery }, called);
    return { ...branched, snapshot };
  }

  /**
   * The net of a branch of this kind after these steps. Throws a `BranchError` where there is none, or where it could not
   * be trained again: there is one growth or fold between two steps, and none before the first.
   */
  #branchNet(lane: LaneSpec, steps: number, kind: BranchKind): NetSpec {
    const net = this.#netOfKind(lane, steps, kind);
    if (kind === 'copy') return net;
    const name = printable(lane.name);
    if (steps === 0) throw new BranchError(sentence('errors.branch.untrained', { name }));
    const isNew = !haveSameShape(phaseAt(lane, steps).net, phaseAt(lane, steps - 1).net);
    if (isNew) throw new BranchError(sentence('errors.branch.sameStep', { name, step: steps }));
    return net;
  }

  #netOfKind(lane: LaneSpec, steps: number, kind: BranchKind): NetSpec {
    const { name } = lane;
    const { net } = phaseAt(lane, steps);
    const gains = gainsAt(this.#experiment, name, steps);
    if (kind === 'copy') return { ...net, gains };
    if (kind === 'folded') {
      const plain = folded(net, gains);
      if (plain === null) throw new BranchError(sentence('errors.branch.rep', { name: printable(name) }));
      return plain;
    }
    const deeper = grown(net, gains);
    if (deeper === null) {
      const why = growthProblem(net) ?? 'order';
      throw new BranchError(sentence(NOT_GROWN[why], { name: printable(name) }));
    }
    const problem = depthProblem(deeper.depth, deeper);
    if (problem !== null) throw new BranchError(sentence('errors.branch.depth', { name: printable(name), problem }));
    return deeper;
  }

  /** Restores a lane from a snapshot, or to step 0 for null, and removes the surgery that was done on it since. Where it throws, nothing is changed. */
  rewind(name: string, snapshot: LaneSnapshot | null): void {
    const lane = this.of(name);
    const next = this.make(lane.spec, snapshot ?? undefined);
    this.#experiment = withoutLaterSurgery(this.#experiment, name, next.steps, lane.steps);
    this.#replace(lane, next);
    this.prepare(next);
  }

  /** A lane outside the race, at the snapshot's step or at 0. The caller disposes of it. */
  make(spec: LaneSpec, snapshot?: LaneSnapshot): Lane {
    return this.#factory.make(spec, (step) => gainsAt(this.#experiment, spec.name, step), snapshot);
  }

  /** A snapshot of a lane with running statistics that fit its function; the lane is not changed. */
  fittingSnapshot(name: string): Promise<LaneSnapshot> {
    return this.#factory.fittingSnapshot(this.of(name));
  }

  /** A lane's values at step 0, by parameter. */
  initialValues(spec: LaneSpec): InitialValues {
    return this.#factory.initialValues(spec);
  }

  /**
   * Makes a lane at rest what its next step finds: sets the gains of that step, or where a lane that is trained again has
   * reached the step at which it was grown or folded, starts to replace it by the net of then.
   */
  prepare(lane: Lane): void {
    if (lane.growing) return;
    const { name } = lane.spec;
    const spec = this.#experiment.lanes.find((each) => each.name === name) ?? lane.spec;
    const { net } = phaseAt(spec, lane.steps);
    if (haveSameShape(lane.net, net)) lane.setGains(gainsAt(this.#experiment, name, lane.steps));
    else this.#grow(lane, net);
  }

  /**
   * Starts to replace a lane by a net that continues it; `settled` waits for that. It grows or folds with the gains at the
   * beginning of the phase, as it did when it was branched off: surgery at that step came behind it.
   */
  #grow(lane: Lane, net: NetSpec): void {
    lane.growing = true;
    const growth = this.#factory.snapshotAs(lane, net).then((snapshot) => {
      if (!this.#lanes.includes(lane)) return;
      const next = this.make(lane.spec, snapshot);
      next.divergedAt = lane.divergedAt;
      lane.successor = next;
      this.#replace(lane, next);
    });
    this.#growths.push(growth);
    // `settled` reports the failure; without this it would be an unhandled rejection until then.
    growth.catch(() => {});
  }

  /** Resolves when all pending growth is done; rejects if one failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#growths.splice(0));
  }

  /** Frees all lanes. */
  dispose(): void {
    for (const { model } of this.#lanes) model.dispose();
    // One that is being grown has no place any more.
    this.#lanes = [];
  }

  #add(spec: LaneSpec, surgery: readonly GainChange[], snapshot?: LaneSnapshot): void {
    this.#experiment = withLane(this.#experiment, spec, surgery);
    const lane = this.make(spec, snapshot);
    this.#lanes = [...this.#lanes, lane];
    // A snapshot of an earlier version of this page may be of the net before it was grown.
    this.prepare(lane);
  }

  #replace(old: Lane, next: Lane): void {
    this.#lanes = this.#lanes.map((lane) => (lane === old ? next : lane));
    old.model.dispose();
  }
}
