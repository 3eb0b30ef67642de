import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Padding } from '../../core/net/node.ts';

export type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

/** The input of this name. Throws if it is missing. */
export function required(inputs: Inputs, name: string): TensorInfo {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`kernel: no input ${name}`);
  return tensor;
}

/** The attribute of this name as a number. */
export function numeric(attrs: NamedAttrMap, name: string): number {
  return Number(attrs[name]);
}

/** A convolution's `padding` attribute. Throws if it is invalid. */
export function paddingOf({ padding }: NamedAttrMap): Padding {
  return typeof padding === 'number' ? padding : 'same';
}

export type Shape4D = [number, number, number, number];

/** Narrows an attribute to a shape of rank 4. Throws if it is none. */
export function shape4D(value: unknown): Shape4D {
  if (!Array.isArray(value) || value.length !== 4) throw new Error(`kernel: shape ${String(value)} has not four sides`);
  return [Number(value[0]), Number(value[1]), Number(value[2]), Number(value[3])];
}
