import type { RaceData } from '../data/race-data.ts';
import type { DeviceInfo } from '../spec/device.ts';
import type { LaneSpec } from '../spec/experiment.ts';
import { type NetSpec, netName } from '../spec/net.ts';
import { eraAt, hasBeen, haveSameShape } from '../spec/origin.ts';
import type { Recipe } from '../spec/recipe.ts';
import type { LaneSnapshot } from '../spec/snapshot.ts';
import { grownValues } from './grow.ts';
import { Lane } from './lane.ts';
import { checkMemory } from './memory-check.ts';
import { Runner } from './runner.ts';
import { readValues } from './snapshot.ts';

/** Makes the runners of one race: all on its data, with its recipe, on its device. */
export class RunnerFactory {
  readonly #data: RaceData;
  readonly #recipe: Recipe;
  readonly #device: DeviceInfo;

  constructor(data: RaceData, recipe: Recipe, device: DeviceInfo) {
    this.#data = data;
    this.#recipe = recipe;
    this.#device = device;
  }

  /** Throws a `MemoryError` where the device has no room for such a lane. */
  checkMemory(lane: Pick<LaneSpec, 'name' | 'net'>): void {
    const { size, classes } = this.#data;
    checkMemory(lane, { size, classes, batch: this.#recipe.batch }, this.#device);
  }

  /** A runner at step 0, or where the snapshot was taken; a snapshot has no gains, so they are asked for by step. */
  make(spec: LaneSpec, gainsAt: (step: number) => readonly number[], snapshot?: LaneSnapshot): Runner {
    const net = snapshot?.net ?? eraAt(spec, 0).net;
    if (!hasBeen(spec, net)) throw new Error(`snapshot: it is not of ${spec.name}, but of ${netName(net)}`);
    const runner = new Runner(spec, this.#newLane(net), net);
    if (snapshot !== undefined) runner.restore(snapshot, gainsAt(snapshot.steps), gainsAt(snapshot.steps - 1));
    return runner;
  }

  /** A copy of a lane as it stands, as another net: the same, or a deeper one that goes on from it. */
  async snapshotAs(runner: Runner, net: NetSpec): Promise<LaneSnapshot> {
    const from = runner.net;
    const snapshot = await runner.snapshot();
    if (haveSameShape(from, net)) return { ...snapshot, net };
    const lane = this.#newLane(net);
    const fresh = await readValues(lane.remembered());
    lane.dispose();
    const values = grownValues({ net: from, values: snapshot.values }, { net, fresh });
    return { ...snapshot, net, stale: true, values };
  }

  #newLane(net: NetSpec): Lane {
    const { size, classes } = this.#data;
    return new Lane(net, size, classes, this.#recipe.seed);
  }
}
