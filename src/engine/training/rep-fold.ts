import type { Graph } from '../../core/net/node.ts';
import { type RepLayer, repLayers } from '../../core/net/rep-branches.ts';
import { EPSILON } from '../ops/norm.ts';

/** Tensors of a net's state by kind and name, as `Model.stateTensors` names them. */
type Values = ReadonlyMap<string, Float32Array>;

/**
 * The state of the net in which each layer with RepVGG's branches has been folded into one 3x3 convolution (Ding et al.
 * 2021, section 3.3), computed from that of the net with the branches, whose graph this is. With running statistics both
 * compute the same function. The norm behind a folded convolution adds its bias and changes nothing else: it has mean 0,
 * variance 1, until `withOutputMoments` gives it statistics. Velocities of folded layers are 0.
 */
export function foldedValues(graph: Graph, values: Values): Values {
  const folded = new Map(values);
  for (const each of repLayers(graph)) {
    const { layer, pointwise, identity } = each;
    const { weight, bias } = foldedLayer(each, values);
    folded.set(`parameter ${layer.conv.name}.weight`, weight);
    setNorm(folded, layer.norm.name, bias, new Float32Array(bias.length), new Float32Array(bias.length).fill(1));
    for (const name of [`${layer.conv.name}.weight`, `${layer.norm.name}.scale`, `${layer.norm.name}.shift`])
      folded.set(`velocity ${name}`, new Float32Array(values.get(`velocity ${name}`)?.length ?? 0));
    const gone = [pointwise.conv.name, pointwise.norm.name, ...(identity === null ? [] : [identity.name])];
    for (const name of values.keys()) {
      const tensor = name.slice(name.indexOf(' ') + 1);
      if (gone.some((node) => tensor === node || tensor.startsWith(`${node}.`))) folded.delete(name);
    }
  }
  return folded;
}

/**
 * The state that `foldedValues` gives, with the mean and variance [2, channels] of each folded convolution's output as its
 * norm's running statistics. The norm's scale and shift undo them, so that the function stays as it is; with the
 * statistics of a batch it is nearly the same, and the net trains on as any plain net does.
 */
export function withOutputMoments(graph: Graph, values: Values, moments: Values): Values {
  const measured = new Map(values);
  for (const { layer } of repLayers(graph)) {
    const bias = values.get(`parameter ${layer.norm.name}.shift`) ?? new Float32Array(0);
    const both = moments.get(layer.conv.name);
    if (both === undefined) throw new Error(`fold: no moments of ${layer.conv.name}`);
    setNorm(measured, layer.norm.name, bias, both.subarray(0, bias.length), both.subarray(bias.length));
  }
  return measured;
}

/** Gives a norm these statistics, and the scale and shift with which it adds a bias and changes nothing else. */
function setNorm(
  values: Map<string, Float32Array>,
  norm: string,
  bias: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): void {
  const scale = variance.map((each) => Math.sqrt(each + EPSILON));
  const shift = bias.map((each, channel) => each + (mean[channel] ?? 0));
  values.set(`running ${norm}`, Float32Array.of(...mean, ...variance));
  values.set(`parameter ${norm}.scale`, scale);
  values.set(`parameter ${norm}.shift`, shift);
}

/** The weight [3, 3, in, out] and the bias [out] of the convolution that computes what a layer and its branches do. */
function foldedLayer(
  { layer, pointwise, identity, offset }: RepLayer,
  values: Values,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const { inChannels: ins, shape, kernel } = layer.conv;
  const outs = shape[2];
  const [wide, narrow] = [layer, pointwise].map(({ conv }) => values.get(`parameter ${conv.name}.weight`));
  const [own, beside] = [affine(layer.norm.name, values), affine(pointwise.norm.name, values)];
  const alone = identity === null ? null : affine(identity.name, values);
  const weight = Float32Array.from({ length: kernel ** 2 * ins * outs }, (_, index) => {
    const [to, from] = [index % outs, Math.floor(index / outs) % ins];
    const sum = own.factor(to) * (wide?.[index] ?? Number.NaN);
    const isRead = Math.floor(index / (ins * outs)) === kernel * offset + offset;
    if (!isRead) return sum;
    const passed = from === to ? (alone?.factor(to) ?? 0) : 0;
    return sum + beside.factor(to) * (narrow?.[from * outs + to] ?? Number.NaN) + passed;
  });
  const bias = Float32Array.from({ length: outs }, (_, to) => own.term(to) + beside.term(to) + (alone?.term(to) ?? 0));
  return { weight, bias };
}

/** A norm with running statistics, as factor * x + term in each channel. */
function affine(norm: string, values: Values) {
  const statistics = values.get(`running ${norm}`) ?? new Float32Array(0);
  const channels = statistics.length / 2;
  const at = (numbers: Float32Array | undefined, channel: number) => numbers?.[channel] ?? Number.NaN;
  const factor = (channel: number) =>
    at(values.get(`parameter ${norm}.scale`), channel) / Math.sqrt(at(statistics, channels + channel) + EPSILON);
  const term = (channel: number) =>
    at(values.get(`parameter ${norm}.shift`), channel) - factor(channel) * at(statistics, channel);
  return { factor, term };
}
