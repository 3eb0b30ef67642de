import {
  cast,
  greater,
  matMul,
  mean,
  reshape,
  slice,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { FeatureMap, NetProbe, ProbedBlock } from '../../core/net/feature-maps.ts';
import { inScope } from '../insight/measurement.ts';
import { Readback } from '../weights/readback.ts';
import { blockNames, branchOf, type FrozenNet, keptValues } from './frozen-net.ts';

/** Measures every block of a net on an image [1, size, size, 3], and the class activation map of the class `label`. */
export function probeNet(net: FrozenNet, image: Tensor4D, blocks: number, label: number): Promise<NetProbe> {
  return inScope(async (scope) => {
    const readback = scope.own(new Readback());
    const names = Array.from({ length: blocks }, (_, index) => ({ block: index + 1, ...blockNames(net, index + 1) }));
    const facts = new Map<number, Fact>();
    const end = endOf(net);
    const wanted = names.flatMap(({ input, beforeSum, output }) => [input, beforeSum, output]);
    const kept = keptValues(net, image, new Set(end === null ? wanted : [...wanted, end.maps]), (instruction, so) => {
      const here = names.find(({ output }) => output === instruction.output);
      if (here === undefined) return;
      const { block, input, beforeSum, output } = here;
      const fact: Fact = { block, input: 0, branch: 0, above: 0 };
      facts.set(block, fact);
      const branch = branchOf(net, so, block);
      readback.add(
        tidy(() => sum(square(so.get(input, 4)))),
        ([value = Number.NaN]) => {
          fact.input = value;
        },
      );
      readback.add(
        tidy(() => sum(square(branch))),
        ([value = Number.NaN]) => {
          fact.branch = value;
        },
      );
      readback.add(
        tidy(() => mean(cast(greater(so.get(output, 4), 0), 'float32'))),
        ([value = Number.NaN]) => {
          fact.above = value;
        },
      );
      branch.dispose();
      so.delete(beforeSum);
      so.delete(input);
    });
    scope.own(kept);
    let evidence: FeatureMap | null = null;
    if (end !== null) {
      const maps = kept.get(end.maps, 4);
      const [, height, width] = maps.shape;
      const values = new Float32Array(height * width);
      evidence = { shape: [height, width, 1], values };
      readback.add(evidenceOf(maps, net.weights.parameters.get(end.weight, 2), label), (found) => values.set(found));
    }
    await readback.flush();
    return { blocks: [...facts.values()].map(factsOf), evidence };
  });
}

/** Sums of squares of x and F(x), and the share of y that is above 0. */
interface Fact {
  readonly block: number;
  input: number;
  branch: number;
  above: number;
}

function factsOf({ block, input, branch, above }: Fact): ProbedBlock {
  return { block, ratio: Math.sqrt(branch / input), silent: 1 - above };
}

/** The maps before global average pooling, and the last layer's weight; null if the net does not end like this. */
function endOf({ program: { instructions } }: FrozenNet): { readonly maps: string; readonly weight: string } | null {
  const last = instructions.at(-1);
  // In evaluation nothing is dropped.
  const before = instructions.slice(0, -1).findLast(({ op }) => op !== 'dropout');
  return last?.op === 'dense' && before?.op === 'pool' ? { maps: before.input, weight: last.weight } : null;
}

/** The class activation map (Zhou et al. 2016, equation 2): at each pixel, the maps times the class's weights. */
function evidenceOf(maps: Tensor4D, weight: Tensor, label: number): Tensor {
  return tidy(() => {
    const [, height, width, channels] = maps.shape;
    const own = reshape(slice(weight, [0, label], [channels, 1]), [channels, 1]);
    return reshape(matMul(reshape(maps, [height * width, channels]), own), [height * width]);
  });
}
