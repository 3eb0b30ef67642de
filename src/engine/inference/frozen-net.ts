import { type Scalar, scalar, type Tensor, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { countParameters } from '../../core/net/cost.ts';
import { foldNorms } from '../../core/net/fold.ts';
import type { Graph } from '../../core/net/node.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { compile, type Program } from '../graph/compile.ts';
import { evaluate, forward } from '../graph/forward.ts';
import { blockValues, branchAlone } from '../insight/layers.ts';
import type { ConvInstruction } from '../ops/conv.ts';
import type { Instruction } from '../ops/operations.ts';
import { packFilter, packsFilters } from '../ops/tensors/epilogue.ts';
import { type ReadableWeights, TensorMap } from '../weights/tensor-map.ts';
import { foldedParameter, type WeightSource } from './weight-source.ts';

/** Options of `FrozenNet.load`. */
export interface LoadOptions {
  /** Called with the loaded share of the weights, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * A net for inference: only its weights are on the device. Its norms are folded into the convolutions before them, and
 * filters are packed in the order that the backend reads fastest.
 */
export class FrozenNet {
  /** The graph with folded norms. */
  readonly graph: Graph;
  readonly program: Program;
  readonly #parameters = new TensorMap();
  readonly #running = new TensorMap();
  readonly #gains: readonly (Scalar | null)[];

  private constructor(graph: Graph, gains: readonly number[]) {
    this.graph = graph;
    this.program = packed(compile(graph), graph);
    this.#gains = gains.map((gain) => (gain === 0 ? null : scalar(gain)));
  }

  /** Loads a net's weights onto the device. Rejects as the source does, and frees everything then. */
  static async load(
    graph: Graph,
    gains: readonly number[],
    source: WeightSource,
    { onProgress }: LoadOptions = {},
  ): Promise<FrozenNet> {
    const { graph: folded, folds } = foldNorms(graph);
    const net = new FrozenNet(folded, gains);
    try {
      await net.#take({ ...source, parameter: foldedParameter(folds, source) }, onProgress ?? (() => {}));
      return net;
    } catch (error) {
      net.dispose();
      throw error;
    }
  }

  async #take(source: WeightSource, onProgress: (fraction: number) => void): Promise<void> {
    const all = countParameters(this.graph);
    const filters = new Set(this.program.instructions.flatMap((each) => (isPacked(each) ? [each.weight] : [])));
    let loaded = 0;
    for (const parameter of listParameters(this.graph)) {
      const values = await source.parameter(parameter);
      const loose = tensor(values, [...parameter.shape]);
      this.#parameters.set(parameter.name, filters.has(parameter.name) ? pack(loose) : loose);
      loaded += values.length;
      onProgress(loaded / all);
    }
    for (const instruction of this.program.instructions) {
      if (instruction.op !== 'norm') continue;
      const { norm, channels } = instruction;
      this.#running.set(norm, tensor(await source.statistics(norm, channels), [2, channels]));
    }
  }

  get weights(): ReadableWeights {
    return {
      parameters: this.#parameters,
      running: this.#running,
      gain: (block) => this.#gains[block - 1] ?? null,
    };
  }

  /**
   * Logits [N, classes] of images [N, size, size, 3]. `weights` replaces the net's own, for lesions. `onValue` is
   * called after every instruction.
   */
  logits(images: Tensor4D, weights: ReadableWeights = this.weights, onValue?: () => void): Tensor2D {
    const observer = onValue && { onForward: onValue };
    const { values, statistics } = forward(this.program, weights, images, 'running', false, { observer });
    statistics.dispose();
    return values.get(this.program.output, 2);
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#running.dispose();
    for (const gain of this.#gains) gain?.dispose();
  }
}

/** The program for packed filters, if the backend packs them; else the same program. */
function packed(program: Program, graph: Graph): Program {
  if (!packsFilters()) return program;
  const shapes = new Map(listParameters(graph).map(({ name, shape }) => [name, shape]));
  const instructions = program.instructions.map((instruction): Instruction => {
    if (instruction.op !== 'conv' || instruction.bias === null || instruction.groups > 1) return instruction;
    const [height = 0, width = 0, from = 0, to = 0] = shapes.get(instruction.weight) ?? [];
    return { ...instruction, packedShape: [height, width, from, to] };
  });
  return { ...program, instructions };
}

function isPacked(instruction: Instruction): instruction is ConvInstruction {
  return instruction.op === 'conv' && instruction.packedShape !== null;
}

/** Packs a filter; takes ownership of it. */
function pack(loose: Tensor): Tensor {
  const result = packFilter(loose);
  loose.dispose();
  return result;
}

/**
 * Runs a net on an image [1, size, size, 3] and keeps the values of these names. `behind` is called after every
 * instruction, and may dispose of kept values.
 */
export function keptValues(
  { program, weights }: FrozenNet,
  input: Tensor4D,
  names: ReadonlySet<string>,
  behind: (instruction: Instruction, kept: TensorMap) => void = () => {},
): TensorMap {
  const kept = new TensorMap();
  const onForward = (instruction: Instruction, value: Tensor) => {
    if (names.has(instruction.output)) kept.set(instruction.output, value.clone());
    behind(instruction, kept);
  };
  const { values, statistics } = forward(program, weights, input, 'running', false, { observer: { onForward } });
  values.dispose();
  statistics.dispose();
  return kept;
}

/** Names of a block's values: input x, the branch's last value before the sum, and output y. */
export interface BlockNames {
  readonly input: string;
  readonly beforeSum: string;
  readonly output: string;
}

/** The names of a block's values in the folded net; `block` counts from 1. Throws if the net has no such block. */
export function blockNames({ program }: FrozenNet, block: number): BlockNames {
  const { input, sum, output } = blockValues(program, block);
  return { input, beforeSum: 'inputs' in sum ? sum.inputs[0] : sum.input, output };
}

/** F(x) of a block, a new tensor, where the value before its sum is kept. */
export function branchOf({ program, weights }: FrozenNet, kept: TensorMap, block: number): Tensor4D {
  return evaluate(branchAlone(blockValues(program, block).sum), weights, kept);
}
