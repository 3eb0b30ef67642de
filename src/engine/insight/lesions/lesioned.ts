import { fill, scalar, tensor } from '@tensorflow/tfjs-core';
import type { Lesion } from '../../../core/results/lesion.ts';
import type { ReadableWeights, TensorSource } from '../../weights/tensor-map.ts';
import { TensorMap } from '../../weights/tensor-map.ts';
import { blockValues, silencedBranch } from '../layers.ts';
import type { Scope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { blockNorms, blockParameters } from './lesions.ts';

/** The parts of a net that lesions need. */
export type Damageable = Pick<Subject, 'graph' | 'program' | 'initial'>;

/** A view of the weights with the lesion applied. The weights are not changed; the scope owns new tensors. */
export function lesioned(subject: Damageable, weights: ReadableWeights, lesion: Lesion, scope: Scope): ReadableWeights {
  const { block } = lesion;
  switch (lesion.kind) {
    case 'branch': {
      const nothing = scope.own(new TensorMap());
      for (const [name, value] of silencedBranch(subject.program, blockValues(subject.program, block))) {
        const tensor = weights.parameters.find(name);
        if (tensor !== undefined) nothing.set(name, fill(tensor.shape, value));
      }
      const full = weights.gain(block) === null ? scope.own(scalar(1)) : null;
      return {
        ...reading(weights),
        parameters: first(nothing, weights.parameters),
        gain: (each) => (each === block && full !== null ? full : weights.gain(each)),
      };
    }
    case 'shortcut':
      return { ...reading(weights), gain: (each) => (each === block ? null : weights.gain(each)) };
    case 'swap': {
      const { other } = lesion;
      const names = (each: number) => [
        ...[...blockParameters(subject, each)].map(([within, { name }]) => [within, name] as const),
        ...blockNorms(subject, each),
      ];
      const exchanged = new Map<string, string>();
      const others = new Map(names(other));
      for (const [within, name] of names(block)) {
        const twin = others.get(within) ?? name;
        exchanged.set(name, twin).set(twin, name);
      }
      const gainOf = new Map([
        [block, other],
        [other, block],
      ]);
      return {
        ...reading(weights),
        parameters: renamed(weights.parameters, exchanged),
        running: renamed(weights.running, exchanged),
        gain: (each) => weights.gain(gainOf.get(each) ?? each),
      };
    }
    case 'reset': {
      const initial = scope.own(new TensorMap());
      for (const parameter of blockParameters(subject, block).values()) {
        initial.set(parameter.name, tensor(subject.initial(parameter), [...parameter.shape]));
      }
      return { ...reading(weights), parameters: first(initial, weights.parameters) };
    }
    default:
      return lesion satisfies never;
  }
}

/** A view that reads everything from the weights. */
function reading(weights: ReadableWeights): ReadableWeights {
  const { parameters, running } = weights;
  return { parameters, running, gain: (block) => weights.gain(block) };
}

/** A source that reads from `own` first, then from `others`. */
function first(own: TensorMap, others: TensorSource): TensorSource {
  const source = (name: string) => (own.find(name) === undefined ? others : own);
  return { get: (name, rank) => source(name).get(name, rank), find: (name) => source(name).find(name) };
}

function renamed(source: TensorSource, names: ReadonlyMap<string, string>): TensorSource {
  const real = (name: string) => names.get(name) ?? name;
  return { get: (name, rank) => source.get(real(name), rank), find: (name) => source.find(real(name)) };
}
