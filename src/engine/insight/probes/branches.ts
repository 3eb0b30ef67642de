import { cast, greater, mean, square, sum, tidy } from '@tensorflow/tfjs-core';
import type { BranchesResult } from '../../../features/insight/probes/branches.ts';
import { evaluate, forward } from '../../graph/forward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { Readback } from '../../weights/readback.ts';
import { blockValues, branchAlone, weightedLayers } from '../layers.ts';
import { inScope } from '../measurement.ts';
import { readNorms } from '../norm-moments.ts';
import type { Subject } from '../subject.ts';

/** ||F(x)|| / ||x|| of each block, and related sizes, on the batch of the lane's next step. */
export function probeBranches(subject: Subject): Promise<BranchesResult> {
  return inScope(async (scope) => {
    const { lane, step, data, graph, program, weights } = subject;
    const batch = upload(data.batch(step), data.size, data.classes);
    scope.own({ dispose: () => disposeBatch(batch) });
    const trace = forward(program, weights, batch.images, 'batch', true);
    scope.own(trace.values);
    scope.own(trace.statistics);
    const readback = scope.own(new Readback());
    const convs = weightedLayers(graph);
    const facts = weights.gains.map((gain, index) => {
      const block = index + 1;
      const own = convs.filter((conv) => conv.block === block);
      const { input, output, sum: last } = blockValues(program, block);
      // A norm's output follows from its parameters and the batch's statistics.
      const norm = last.op === 'norm' ? last.norm : null;
      const read = { block, gain, norm, branch: Number.NaN, input: Number.NaN, positive: Number.NaN, weight: 0 };
      const x = trace.values.get(input, 4);
      const y = trace.values.get(output, 4);
      // The branch has the shape of y.
      const sizes = { input: x.size, branch: y.size };
      readback.add(
        tidy(() => mean(square(x))),
        ([value = Number.NaN]) => {
          read.input = Math.sqrt(value);
        },
      );
      readback.add(
        tidy(() => mean(cast(greater(y, 0), 'float32'))),
        ([value = Number.NaN]) => {
          read.positive = value;
        },
      );
      if (norm === null) {
        readback.add(
          tidy(() => mean(square(evaluate(branchAlone(last), weights, trace.values)))),
          ([value = Number.NaN]) => {
            read.branch = Math.sqrt(value);
          },
        );
      }
      for (const { weight } of own) {
        readback.add(
          tidy(() => sum(square(weights.parameters.get(weight, 4)))),
          ([value = Number.NaN]) => {
            read.weight += value;
          },
        );
      }
      return { read, sizes };
    });
    const names = facts.flatMap(({ read }) => read.norm ?? []);
    const { momentsOf } = readNorms(names, trace.statistics, weights, readback);
    // Activations are large, and training goes on while the sums are read.
    trace.values.dispose();
    await readback.flush();

    const blocks = facts.map(({ read, sizes }) => {
      const { block, gain, norm, input, positive, weight } = read;
      const branch = norm === null ? read.branch : Math.sqrt(momentsOf(norm).meanSquare);
      const ratio = (branch * Math.sqrt(sizes.branch)) / (input * Math.sqrt(sizes.input));
      return { block, gain, ratio, branch, input, negative: 1 - positive, weight: Math.sqrt(weight) };
    });
    return { name: 'branches', lane, step, blocks };
  });
}
