import type { Op } from '../net/node.ts';

/** A part of a net that the strip draws as one: the stem is 0, then the blocks from 1, and the head one more. */
export type Place = number;

interface Instructed {
  readonly place: Place;
  /** A sum and a ReLU behind a norm are a part of it. */
  readonly op: Exclude<Op, 'input'>;
  /** The name of the instruction's output: "stage1.block2.conv1". */
  readonly output: string;
  /** Whether a nonlinearity is a part of it. */
  readonly relu: boolean;
}

/** An instruction of the forward pass. */
export interface SlowForward extends Instructed {
  /** Root mean square of its output, over batch, pixels and channels. */
  readonly size: number;
  /** The gain of the shortcut that it adds at the end of a block; null where it adds none. */
  readonly gain: number | null;
}

/** An instruction of the backward pass, which begins with the last. */
export interface SlowBackward extends Instructed {
  /** Euclidean norm of the loss's gradient with respect to the instruction's output. */
  readonly signal: number;
  /** Euclidean norm of the gradient of its parameters; null where it has none. */
  readonly weights: number | null;
}

/** The update of one parameter. */
export interface SlowUpdate {
  readonly place: Place;
  readonly parameter: string;
  /** Euclidean norm of the parameter before the update; `change` is the norm of the difference. */
  readonly before: number;
  readonly change: number;
}

/** One step of one net, in the order in which the engine did it. */
export interface SlowStep {
  readonly lane: string;
  /** Steps that the net has finished with this one. */
  readonly step: number;
  readonly forward: readonly SlowForward[];
  /** Mean cross-entropy over the batch, in nats; `error` is in percent. */
  readonly loss: number;
  readonly error: number;
  readonly backward: readonly SlowBackward[];
  readonly update: readonly SlowUpdate[];
  /** The answers to the images of the round; none if the net trained on another batch, to catch up. */
  readonly answers: readonly SlowAnswer[];
}

/** The class that a net found likeliest for one training image, with batch statistics. */
export interface SlowAnswer {
  /** Index of the class. */
  readonly label: number;
  /** Its probability, 0 .. 1. */
  readonly probability: number;
}

/** An image of the batch as the nets saw it, cropped and flipped: RGB bytes, [size, size, 3]. */
export interface SlowImage {
  readonly name: string;
  readonly size: number;
  readonly rgb: Uint8Array;
  /** Index of the right class. */
  readonly label: number;
}

/** A recorded round: every instruction's norms, for the lanes in the order of the race. */
export interface SlowRound {
  /** The first images of the batch. */
  readonly images: readonly SlowImage[];
  readonly steps: readonly SlowStep[];
}
