import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { onlyLanes } from '../../../core/experiment/lane-changes.ts';
import { printable } from '../../../core/quote.ts';
import type { WeightBytesByHash } from '../../../engine/training/lane-factory.ts';
import type { ShardApi } from './api.ts';
import type { LaneProgress } from './lane-progress.ts';
import { PLAIN } from './measuring.ts';
import { longest, placeLanes } from './placement.ts';
import type { ShardWorkers } from './shard-workers.ts';

/** Lanes of one shard that begin a step together; all of them have begun `step` steps. */
interface ShardStep {
  readonly step: number;
  readonly lanes: string[];
}

/** The lanes of a race and the shards that train them: the coordinator's own, and those of workers on other cores. */
export class LaneTable {
  readonly #own: ShardApi;
  readonly #workers: ShardWorkers | null;
  readonly #files: WeightBytesByHash;
  #lanes: readonly LaneProgress[];
  /** Lanes that are being added to their shards; their names are taken. */
  readonly #adding = new Set<LaneProgress>();

  /** `workers` may take some of the lanes over from `own`. */
  constructor(
    lanes: readonly LaneProgress[],
    shards: { readonly own: ShardApi; readonly workers: ShardWorkers | null; readonly files: WeightBytesByHash },
  ) {
    this.#lanes = lanes;
    this.#own = shards.own;
    this.#workers = shards.workers;
    this.#files = shards.files;
  }

  get all(): readonly LaneProgress[] {
    return this.#lanes;
  }

  get shards(): readonly ShardApi[] {
    return [this.#own, ...(this.#workers?.open ?? [])];
  }

  /** The names that are taken, also by lanes that are being added. */
  get names(): readonly string[] {
    return [...this.#lanes, ...this.#adding].map(({ name }) => name);
  }

  /** Steps that every lane has begun, except those that diverged; Infinity where all have. */
  get leastSteps(): number {
    return Math.min(...this.#racing.map(({ steps }) => steps));
  }

  get #racing(): readonly LaneProgress[] {
    return this.#lanes.filter(({ racing }) => racing);
  }

  of(name: string): LaneProgress {
    const lane = this.find(name);
    if (lane === undefined) throw new Error(`net ${printable(name)}: not in this race`);
    return lane;
  }

  find(name: string): LaneProgress | undefined {
    return this.#lanes.find((each) => each.name === name);
  }

  /** What was found for each lane, in the order of the lanes. */
  inOrder<T>(found: readonly T[], nameOf: (each: T) => string): readonly T[] {
    const order = new Map(this.#lanes.map(({ name }, index) => [name, index]));
    return found.toSorted((a, b) => (order.get(nameOf(a)) ?? 0) - (order.get(nameOf(b)) ?? 0));
  }

  /** Counts the step of the lanes that are behind the others, or of all; returns the lanes of each shard among them. */
  beginStep(): { readonly own: ShardStep | null; readonly others: ReadonlyMap<ShardApi, ShardStep> } {
    const step = this.leastSteps;
    const parts = new Map<ShardApi, ShardStep>();
    for (const lane of this.#racing) {
      if (lane.steps !== step || lane.rewinding) continue;
      const part = parts.get(lane.shard) ?? { step, lanes: [] };
      part.lanes.push(lane.name);
      parts.set(lane.shard, part);
      lane.steps += 1;
    }
    const own = parts.get(this.#own) ?? null;
    parts.delete(this.#own);
    return { own, others: parts };
  }

  /** Chooses the shard of a new lane, the one that then has the least work, and takes its name. */
  reserve(lane: LaneProgress): void {
    const { shards } = this;
    const placed = (shard: number) => [...this.#placed(), { name: lane.name, cost: lane.cost, shard }];
    const work = shards.map((_, index) => longest(placed(index)));
    lane.shard = shards[work.indexOf(Math.min(...work))] ?? this.#own;
    this.#adding.add(lane);
  }

  /** Gives up the name of a reserved lane that its shard has refused. */
  release(lane: LaneProgress): void {
    this.#adding.delete(lane);
  }

  /** Includes a reserved lane that its shard has added. */
  include(lane: LaneProgress): void {
    this.#adding.delete(lane);
    this.#lanes = [...this.#lanes, lane];
  }

  remove(lane: LaneProgress): void {
    this.#lanes = this.#lanes.filter((each) => each !== lane);
  }

  /**
   * Uses as many workers as there is work for, and moves lanes such that none waits long for the others. Surgery of the
   * present experiment goes with them.
   */
  async distribute(present: () => Experiment): Promise<void> {
    if (this.#workers === null) return;
    const racing = this.#racing.length;
    const leaving = this.#workers.superfluous(racing);
    await this.#move(present, (lane) => (leaving.has(lane.shard) ? this.#own : lane.shard));
    // A lane that was rewound meanwhile has stayed, or one is being added: the next report tries again.
    if ([...this.#lanes, ...this.#adding].some(({ shard }) => leaving.has(shard))) return;
    await this.#workers.adjust(racing, present(), this.#own);
    const { shards } = this;
    const places = placeLanes(this.#placed(), shards.length);
    await this.#move(present, (lane) => shards[places.get(lane.name) ?? 0] ?? this.#own);
  }

  /** The file of weights that a lane starts from, for the shard that it is added to. */
  fileOf({ start }: LaneSpec): { readonly file?: Uint8Array } {
    const file = start === undefined ? undefined : this.#files.get(start.hash);
    return file === undefined ? {} : { file };
  }

  #placed() {
    const { shards } = this;
    return this.#racing.map(({ name, cost, shard }) => ({ name, cost, shard: shards.indexOf(shard) }));
  }

  async #move(present: () => Experiment, target: (lane: LaneProgress) => ShardApi): Promise<void> {
    const moving = this.#lanes.filter((lane) => target(lane) !== lane.shard);
    await Promise.all(moving.map((lane) => this.#moveTo(lane, target(lane), present)));
  }

  /** Moves a lane between two rounds, unless it is removed or rewound meanwhile; surgery until now goes with it. */
  async #moveTo(lane: LaneProgress, to: ShardApi, present: () => Experiment): Promise<void> {
    const { name, shard: from, rewinds } = lane;
    const snapshot = await from.laneSnapshot({ lane: name }, PLAIN);
    if (!this.#lanes.includes(lane) || lane.rewinding || lane.rewinds !== rewinds) return;
    const { lanes, surgery } = onlyLanes(present(), [name]);
    const [spec = lane.spec] = lanes;
    lane.shard = to;
    try {
      await to.add({ lane: spec, surgery, snapshot, ...this.fileOf(spec) });
    } catch (error) {
      lane.shard = from;
      throw error;
    }
    await from.remove({ lane: name });
  }
}
