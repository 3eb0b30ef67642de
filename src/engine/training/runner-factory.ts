import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { LaneSpec, WeightsFile } from '../../core/experiment/experiment.ts';
import { eraAt, hasBeen, haveSameShape } from '../../core/experiment/origin.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { type NetSpec, netName } from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { readSafetensors } from '../../data/formats/safetensors.ts';
import { WeightsError } from '../state-dict/differences.ts';
import { fromStateDict } from '../state-dict/state-dict.ts';
import { checkMemory } from '../weights/memory-check.ts';
import { grownValues } from './grow.ts';
import { Lane } from './lane.ts';
import { Runner } from './runner.ts';
import { readValues } from './snapshot.ts';

/** Files of weights by the hash of their content. */
export type WeightFiles = ReadonlyMap<string, Uint8Array>;

/** Creates the runners of one race, which share its data, recipe and device. */
export class RunnerFactory {
  readonly #data: RaceData;
  readonly #recipe: Recipe;
  readonly #device: DeviceInfo;
  readonly #files: WeightFiles;

  constructor(data: RaceData, recipe: Recipe, device: DeviceInfo, files: WeightFiles) {
    this.#data = data;
    this.#recipe = recipe;
    this.#device = device;
    this.#files = files;
  }

  /** Throws a `MemoryError` where the device has no room for this lane. */
  checkMemory(lane: Pick<LaneSpec, 'name' | 'net'>): void {
    const { size, classes } = this.#data;
    checkMemory(lane, { size, classes, batch: this.#recipe.batch }, this.#device);
  }

  /** A runner at step 0, or at the snapshot's step. A snapshot holds no gains; `gainsAt` gives them by step. */
  make(spec: LaneSpec, gainsAt: (step: number) => readonly number[], snapshot?: LaneSnapshot): Runner {
    const net = snapshot?.net ?? eraAt(spec, 0).net;
    if (!hasBeen(spec, net)) throw new Error(`snapshot: it is not of ${printable(spec.name)}, but of ${netName(net)}`);
    const start = snapshot === undefined && spec.start !== undefined ? this.#valuesOf(spec.start, net) : null;
    const runner = new Runner(spec, this.#newLane(net), net);
    if (start !== null) runner.lane.restore(start);
    if (snapshot !== undefined) runner.restore(snapshot, gainsAt(snapshot.steps), gainsAt(snapshot.steps - 1));
    return runner;
  }

  /** A snapshot of a lane at its present step for `net`: the same net, or a deeper one that continues it. */
  async snapshotAs(runner: Runner, net: NetSpec): Promise<LaneSnapshot> {
    const from = runner.net;
    const snapshot = await runner.snapshot();
    if (haveSameShape(from, net)) return { ...snapshot, net };
    if (net.design !== undefined) throw new Error(`net: ${netName(net)} cannot go on from ${netName(from)}`);
    const lane = this.#newLane(net);
    const fresh = await readValues(lane.remembered());
    lane.dispose();
    const values = grownValues({ net: from, values: snapshot.values }, { net, fresh });
    return { ...snapshot, net, stale: true, values };
  }

  /** Throws a `WeightsError` or a `DataError` where the file is missing, malformed, or belongs to another net. */
  #valuesOf({ file, hash }: WeightsFile, net: NetSpec): ReadonlyMap<string, Float32Array> {
    const bytes = this.#files.get(hash);
    if (bytes === undefined) {
      const what = `weights file: ${printable(file)} (content ${hash.slice(0, 12)}) is not here`;
      throw new WeightsError(`${what}; load it into a net of its shape again`);
    }
    const { size, classes } = this.#data;
    return fromStateDict(buildGraph(net, size, classes), readSafetensors(bytes, file), file);
  }

  #newLane(net: NetSpec): Lane {
    const { size, classes } = this.#data;
    return new Lane(net, size, classes, this.#recipe.seed);
  }
}
