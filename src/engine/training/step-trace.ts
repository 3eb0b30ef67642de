import {
  mean,
  mul,
  scalar,
  slice,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import type { Graph } from '../../core/net/node.ts';
import type {
  Place,
  SlowAnswer,
  SlowBackward,
  SlowForward,
  SlowRound,
  SlowStep,
  SlowUpdate,
} from '../../core/results/slow-round.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { parametersOfInstruction, sumOf } from '../graph/compile.ts';
import type { StepObserver } from '../graph/forward.ts';
import type { Instruction } from '../ops/operations.ts';
import { wholeGradient } from '../ops/tensors/updates.ts';
import { Readback } from '../weights/readback.ts';
import { TensorMap } from '../weights/tensor-map.ts';
import type { Lane } from './lane.ts';

/** Images of the batch whose answers are recorded. */
const IMAGES = 4;

type Filled<Note> = { -readonly [Key in keyof Note]: Note[Key] };

/** Records the norms of one step of a lane: of values, gradients and updates, each as soon as it is available. */
class StepTrace implements StepObserver {
  readonly #readback = new Readback();
  readonly #placeOf: (node: string) => Place;
  readonly #gainOf: (block: number) => number;
  readonly #forward: Filled<SlowForward>[] = [];
  readonly #backward: Filled<SlowBackward>[] = [];
  readonly #update: Filled<SlowUpdate>[] = [];
  readonly #before = new TensorMap();
  #classes = 0;
  #probabilities: Float32Array = new Float32Array();
  #loss = Number.NaN;
  #error = Number.NaN;

  /** `gains` are those of the step, one per block. */
  constructor(graph: Graph, gains: readonly number[]) {
    const blocks = Math.max(0, ...graph.nodes.map(({ block }) => block));
    // In a net without blocks all convolutions belong to the stem.
    const lastOfBody = graph.nodes.findLastIndex(({ block, op }) => (blocks > 0 ? block > 0 : op === 'conv'));
    const isHead = (block: number, index: number) => block === 0 && index > lastOfBody;
    const places = new Map(
      graph.nodes.map(({ name, block }, index) => [name, isHead(block, index) ? blocks + 1 : block]),
    );
    this.#placeOf = (node) => places.get(node) ?? 0;
    this.#gainOf = (block) => gains[block - 1] ?? Number.NaN;
  }

  onForward(instruction: Instruction, value: Tensor): void {
    const block = sumOf(instruction)?.block;
    const gain = block === undefined ? null : this.#gainOf(block);
    const note = { ...this.#factsOf(instruction), size: Number.NaN, gain };
    this.#forward.push(note);
    this.#read(
      () => mean(square(value)),
      (found) => {
        note.size = Math.sqrt(found);
      },
    );
    if (instruction.op === 'dense' && isMatrix(value)) this.#readAnswers(value);
  }

  /** Queues the answers to the first images. The last dense layer gives out the logits, [images, classes]. */
  #readAnswers(logits: Tensor2D): void {
    const [images, classes] = logits.shape;
    this.#classes = classes;
    this.#readback.add(
      tidy(() => softmax(slice(logits, [0, 0], [Math.min(IMAGES, images), classes]))),
      (found) => {
        this.#probabilities = found;
      },
    );
  }

  #answers(): readonly SlowAnswer[] {
    const classes = this.#classes;
    return Array.from({ length: classes === 0 ? 0 : this.#probabilities.length / classes }, (_, image) => {
      const row = this.#probabilities.subarray(image * classes, (image + 1) * classes);
      const probability = Math.max(...row);
      return { label: row.indexOf(probability), probability };
    });
  }

  onLoss(metrics: Tensor): void {
    this.#readback.add(metrics.clone(), ([loss = Number.NaN, wrong = Number.NaN]) => {
      this.#loss = loss;
      this.#error = 100 * wrong;
    });
  }

  onBackward(instruction: Instruction, gradient: Tensor): void {
    const note = { ...this.#factsOf(instruction), signal: Number.NaN, weights: null };
    this.#backward.push(note);
    this.#read(
      () => sum(square(gradient)),
      (found) => {
        note.signal = Math.sqrt(found);
      },
    );
  }

  onGradients(instructions: readonly Instruction[], parameters: TensorMap, gradients: TensorMap): void {
    const one = scalar(1);
    for (const [name, tensor] of parameters.entries()) this.#before.set(name, mul(tensor, one));
    one.dispose();
    for (const instruction of instructions.toReversed()) {
      const note = this.#backward.find(({ output }) => output === instruction.output);
      if (note === undefined) continue;
      let squares = 0;
      for (const name of parametersOfInstruction(instruction)) {
        const [gradient, parameter] = [gradients.find(name), parameters.find(name)];
        if (gradient === undefined || parameter === undefined) continue;
        this.#read(
          () => sum(square(wholeGradient(gradient, parameter))),
          (found) => {
            squares += found;
            note.weights = Math.sqrt(squares);
          },
        );
        const update = { place: note.place, parameter: name, before: Number.NaN, change: Number.NaN };
        this.#update.push(update);
      }
    }
  }

  onUpdate(parameters: TensorMap): void {
    for (const note of this.#update) {
      const [now, before] = [parameters.find(note.parameter), this.#before.find(note.parameter)];
      if (now === undefined || before === undefined) continue;
      this.#read(
        () => sum(square(before)),
        (found) => {
          note.before = Math.sqrt(found);
        },
      );
      this.#read(
        () => sum(square(sub(now, before))),
        (found) => {
          note.change = Math.sqrt(found);
        },
      );
    }
    this.#before.dispose();
  }

  /** The recorded step, once all norms are read back. */
  async finish(lane: string, step: number): Promise<SlowStep> {
    await this.#readback.flush();
    const [loss, error, answers] = [this.#loss, this.#error, this.#answers()];
    return { lane, step, forward: this.#forward, loss, error, backward: this.#backward, update: this.#update, answers };
  }

  /** Drops the norms that are not yet read. */
  dispose(): void {
    this.#before.dispose();
    this.#readback.dispose();
  }

  #factsOf(instruction: Instruction) {
    const { op, output } = instruction;
    return { place: this.#placeOf(output), op, output, relu: 'relu' in instruction && instruction.relu };
  }

  #read(compute: () => Tensor, take: (value: number) => void): void {
    this.#readback.add(tidy(compute), ([value = Number.NaN]) => take(value));
  }
}

function isMatrix(tensor: Tensor): tensor is Tensor2D {
  return tensor.rank === 2;
}

/**
 * Runs `round` with an observer on each lane, and resolves with what they recorded. Lanes without a step are left out.
 */
export async function slowRound(
  round: (observer: (lane: Lane) => StepObserver) => void,
  data: Pick<RaceData, 'size' | 'classes' | 'batchPictures'>,
): Promise<SlowRound> {
  const noted: { readonly lane: Lane; readonly notes: StepTrace }[] = [];
  try {
    round((lane) => {
      const notes = new StepTrace(buildGraph(lane.net, data.size, data.classes), lane.model.gains);
      noted.push({ lane, notes });
      return notes;
    });
    const steps = await Promise.all(noted.map(({ lane, notes }) => notes.finish(lane.spec.name, lane.steps)));
    const foremost = Math.max(...steps.map(({ step }) => step));
    const images = steps.length === 0 ? [] : data.batchPictures(foremost - 1, IMAGES);
    // A lane that catches up trained on an earlier batch.
    return { images, steps: steps.map((each) => (each.step === foremost ? each : { ...each, answers: [] })) };
  } finally {
    for (const { notes } of noted) notes.dispose();
  }
}
