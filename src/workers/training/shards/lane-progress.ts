import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { phaseAt } from '../../../core/experiment/lineage.ts';
import { multiplyAdds } from '../../../core/net/cost.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import type { LaneSnapshot } from '../../../core/results/snapshot.ts';
import type { RaceData } from '../../../data/batches/race-data.ts';
import type { ShardApi } from './api.ts';

/** What the coordinator knows of a lane that a shard trains. It follows from what the shard was told to do. */
export class LaneProgress {
  readonly spec: LaneSpec;
  /** The shard that trains it. */
  shard: ShardApi;
  /** Steps begun. */
  steps = 0;
  divergedAt: number | null = null;
  /** Whether its shard has been told to rewind it and has not answered: it takes part in no round and is not moved. */
  rewinding = false;
  /** Incremented on every rewind: a copy that was taken before is of what the rewind undid. */
  rewinds = 0;
  readonly #data: Pick<RaceData, 'size' | 'classes'>;

  constructor(
    spec: LaneSpec,
    shard: ShardApi,
    snapshot: LaneSnapshot | undefined,
    data: Pick<RaceData, 'size' | 'classes'>,
  ) {
    this.spec = spec;
    this.shard = shard;
    this.#data = data;
    this.#restore(snapshot ?? null);
  }

  get name(): string {
    return this.spec.name;
  }

  /** The present net; before a lane was grown, a smaller one than in `spec`. */
  get net(): NetSpec {
    return phaseAt(this.spec, this.steps).net;
  }

  /** Whether it has not diverged. */
  get racing(): boolean {
    return this.divergedAt === null;
  }

  /** Multiply-adds of one image's forward pass; 0 where it has diverged. */
  get cost(): number {
    return this.racing ? multiplyAdds(buildGraph(this.net, this.#data.size, this.#data.classes)) : 0;
  }

  /** Continues from a snapshot, or from step 0 for null. */
  rewind(snapshot: LaneSnapshot | null): void {
    this.rewinds += 1;
    this.#restore(snapshot);
  }

  #restore(snapshot: LaneSnapshot | null): void {
    this.steps = snapshot?.steps ?? 0;
    this.divergedAt = snapshot?.divergedAt ?? null;
  }
}
