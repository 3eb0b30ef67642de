import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { LaneSpec, WeightsFile } from '../../core/experiment/experiment.ts';
import { hadShape, haveSameShape, isFoldOf, phaseAt } from '../../core/experiment/lineage.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { type CifarNet, type NetSpec, netName, stageBlocks } from '../../core/net/net.ts';
import { inputsOf, type Node, sizeOf } from '../../core/net/node.ts';
import { nodeParameters } from '../../core/net/operation-facts.ts';
import { printable } from '../../core/quote.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { readSafetensors } from '../../data/formats/safetensors.ts';
import { sentence } from '../../language/sentence.ts';
import type { InitialValues } from '../insight/subject.ts';
import { weightsFileError } from '../state-dict/differences.ts';
import { fromStateDict } from '../state-dict/state-dict.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { initialValues } from '../weights/initial.ts';
import { checkMemory } from '../weights/memory.ts';
import { readTensors } from '../weights/readback.ts';
import { withCalibrationBatches } from './device-batch.ts';
import { Lane } from './lane.ts';
import { Model } from './model.ts';
import { foldedValues, withOutputMoments } from './rep-fold.ts';

/** Files of weights by the hash of their content. */
export type WeightBytesByHash = ReadonlyMap<string, Uint8Array>;

/** Creates the lanes of one race, which share its data, recipe and device. */
export class LaneFactory {
  readonly #data: RaceData;
  readonly #recipe: Recipe;
  readonly #device: DeviceInfo;
  readonly #files: WeightBytesByHash;

  constructor(data: RaceData, recipe: Recipe, device: DeviceInfo, files: WeightBytesByHash) {
    this.#data = data;
    this.#recipe = recipe;
    this.#device = device;
    this.#files = files;
  }

  /** Throws a `MemoryError` where the device has no room for this lane. */
  checkMemory(lane: Pick<LaneSpec, 'name' | 'net'>): void {
    const { size, classes, training } = this.#data;
    const { batch } = this.#recipe;
    checkMemory(lane, { size, classes, batch, measured: training.labels.length }, this.#device);
  }

  /** A lane at step 0, or at the snapshot's step. A snapshot holds no gains; `gainsAt` gives them by step. */
  make(spec: LaneSpec, gainsAt: (step: number) => readonly number[], snapshot?: LaneSnapshot): Lane {
    const net = snapshot?.net ?? phaseAt(spec, 0).net;
    if (!hadShape(spec, net)) throw new Error(`snapshot: it is not of ${printable(spec.name)}, but of ${netName(net)}`);
    const start = snapshot === undefined && spec.start !== undefined ? this.#valuesOf(spec.start, net) : null;
    return disposeOnError(() => {
      const lane = new Lane(spec, this.#newModel(net), net);
      if (start !== null) lane.model.restore(start);
      if (snapshot === undefined) {
        lane.setGains(gainsAt(0));
        return lane;
      }
      const [gains, lastGains] = [gainsAt(snapshot.steps), gainsAt(snapshot.steps - 1)];
      // One that is yet to be grown has the gains of its last step: those of its next are the larger net's.
      const isGrown = haveSameShape(net, phaseAt(spec, snapshot.steps).net);
      lane.restore(snapshot, isGrown ? gains : lastGains, lastGains);
      return lane;
    });
  }

  /**
   * A lane's values at step 0, by parameter: those of its file, or drawn from the seed, also for what was added when it was
   * grown or folded. They throw as `make` does where the file is missing.
   */
  initialValues({ start, ...spec }: LaneSpec): InitialValues {
    const drawn: InitialValues = (parameter) => initialValues(parameter, this.#recipe.seed);
    if (start === undefined) return drawn;
    let read: ReadonlyMap<string, Float32Array> | null = null;
    return (parameter) => {
      read ??= this.#valuesOf(start, phaseAt(spec, 0).net);
      const own = read.get(`parameter ${parameter.name}`);
      return own?.length === sizeOf(parameter.shape) ? own : drawn(parameter);
    };
  }

  /**
   * A snapshot of a lane at its present step for `net`: the same net, or one that continues it, deeper or with its RepVGG
   * branches folded.
   */
  async snapshotAs(lane: Lane, net: NetSpec): Promise<LaneSnapshot> {
    const from = lane.net;
    if (isFoldOf(net, from)) return this.#foldedSnapshot(lane, net);
    const snapshot = await lane.snapshot();
    if (haveSameShape(from, net)) return { ...snapshot, net };
    if (net.design !== undefined) throw new Error(`net: ${netName(net)} cannot go on from ${netName(from)}`);
    const model = this.#newModel(net);
    const fresh = await readTensors(model.stateTensors()).finally(() => model.dispose());
    const values = grownValues({ net: from, values: snapshot.values }, { net, fresh });
    return { ...snapshot, net, stale: true, values };
  }

  /**
   * A snapshot of a lane with running statistics that fit its function: where its own do not, as early on or behind a cut,
   * those of the next batches. The lane is not changed.
   */
  async fittingSnapshot(lane: Lane): Promise<LaneSnapshot> {
    const calibrated = lane.fits
      ? null
      : withCalibrationBatches(this.#data, lane.steps, (batches) => lane.model.calibrate(batches));
    const statistics = readTensors([...(calibrated?.statistics.entries() ?? [])]);
    calibrated?.dispose();
    const [snapshot, fitting] = await Promise.all([lane.snapshot(), statistics]);
    const running = [...fitting].map(([norm, each]) => [`running ${norm}`, each] as const);
    return { ...snapshot, values: new Map([...snapshot.values, ...running]) };
  }

  async #foldedSnapshot(lane: Lane, net: NetSpec): Promise<LaneSnapshot> {
    // A gain that changes in this step is one of the folded net.
    lane.setGains(net.gains);
    const { steps } = lane;
    const snapshot = await this.fittingSnapshot(lane);
    const { values } = snapshot;
    const { size, classes } = this.#data;
    const graph = buildGraph(lane.net, size, classes);
    const folded = foldedValues(graph, values);
    const moments = disposeOnError(() => {
      const model = this.#newModel(net);
      model.restore(folded);
      const own = withCalibrationBatches(this.#data, steps, (batches) => model.convolutionMoments(batches));
      model.dispose();
      return own;
    });
    const measured = await readTensors([...moments.entries()]).finally(() => moments.dispose());
    return { ...snapshot, net, stale: false, values: withOutputMoments(graph, folded, measured) };
  }

  /** Throws a `WeightsError` or a `DataError` where the file is missing, malformed, or belongs to another net. */
  #valuesOf({ file, hash }: WeightsFile, net: NetSpec): ReadonlyMap<string, Float32Array> {
    const bytes = this.#files.get(hash);
    if (bytes === undefined) {
      const problem = sentence('experiment.weights.notHere', { hash: hash.slice(0, 12) });
      throw weightsFileError(file, problem, sentence('experiment.weights.again'));
    }
    const { size, classes } = this.#data;
    return fromStateDict(buildGraph(net, size, classes), readSafetensors(bytes, file), file);
  }

  #newModel(net: NetSpec): Model {
    const { size, classes } = this.#data;
    return disposeOnError(() => new Model(net, size, classes, this.#recipe.seed));
  }
}

/**
 * The state of a deeper net that continues a smaller one: all tensors that the two have in common, and for the new
 * blocks (the last of each stage) those of `fresh`, with a branch F(x) that is 0. Where it does not begin so, its learned
 * factor, its last norms or, where neither follows the last convolution, that convolution is set to 0. With a gain of 1 the
 * net then computes the same function as the smaller one.
 */
function grownValues(
  from: { readonly net: NetSpec; readonly values: ReadonlyMap<string, Float32Array> },
  to: { readonly net: CifarNet; readonly fresh: ReadonlyMap<string, Float32Array> },
): ReadonlyMap<string, Float32Array> {
  const values = new Map([...to.fresh, ...from.values]);
  const isZero = (name: string) => values.get(`parameter ${name}`)?.every((value) => value === 0) ?? false;
  for (const { layers, ends } of newBranches(from.net, to.net)) {
    // Where a layer is 0, as Fixup has it, the branch is. The gradients of two such layers would be 0, too.
    if (layers.some((names) => names.every(isZero))) continue;
    for (const name of ends) {
      const key = `parameter ${name}`;
      values.set(key, new Float32Array(values.get(key)?.length ?? 0));
    }
  }
  return values;
}

/** A residual branch by the names of its parameters. */
interface Branch {
  /** Those of each layer that has any. */
  readonly layers: readonly (readonly string[])[];
  /** Those of its last factor, norm or convolution; of the norms that RepVGG's branches end in. */
  readonly ends: readonly string[];
}

/** The branch of every block that `to` has and `from` has not. */
function newBranches(from: NetSpec, to: CifarNet): readonly Branch[] {
  const before = stageBlocks(from);
  const { nodes } = buildGraph(to, 8, 2);
  const namesOf = (node: Node) => nodeParameters(node).map(({ name }) => name);
  return stageBlocks(to).flatMap((has, stage) => {
    const had = before[stage] ?? 0;
    return Array.from({ length: has - had }, (_, nth) => {
      const prefix = `stage${stage + 1}.block${had + nth + 1}.`;
      const inBranch = nodes.filter(({ name }) => name.startsWith(prefix) && !name.includes('.shortcut.'));
      const last = inBranch.findLast(
        ({ op }) => op === 'scale' || op === 'norm' || op === 'groupnorm' || op === 'conv' || op === 'sum',
      );
      if (last === undefined) throw new Error(`block: no layer in ${prefix}`);
      const ends = last.op === 'sum' ? inBranch.filter(({ name }) => inputsOf(last).includes(name)) : [last];
      return { layers: inBranch.map(namesOf).filter(({ length }) => length > 0), ends: ends.flatMap(namesOf) };
    });
  });
}
