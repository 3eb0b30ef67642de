import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { FeatureMap } from '../../../core/net/feature-maps.ts';
import type { RaceData } from '../../../data/batches/race-data.ts';
import type { FeaturesRequest, FeaturesResult, ProbedImage } from '../../../features/insight/probes/features.ts';
import { evaluate, forward } from '../../graph/forward.ts';
import { disposeOnError } from '../../weights/dispose-on-error.ts';
import { Readback } from '../../weights/readback.ts';
import { withFixedStatistics } from '../calibration.ts';
import { blockValues, branchAlone } from '../layers.ts';
import { inScope } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/** What one block makes of one image, channel by channel. */
export function probeFeatures(subject: Subject, { image, block }: FeaturesRequest): Promise<FeaturesResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program, weights } = subject;
    const { input, output, sum } = blockValues(program, block);
    const pixels = pixelsOf(data, image);
    const fixed = withFixedStatistics(subject, scope);
    const images = scope.own(tensor4d(pixels, [1, data.size, data.size, 3]));
    const { values, statistics } = forward(program, fixed, images, 'running', true);
    scope.own(values);
    statistics.dispose();
    const readback = scope.own(new Readback());
    const shown = disposeOnError(() => [
      values.get(input, 4).clone(),
      // F itself, also where a gate weakens it.
      sum.op === 'gate' ? values.get(sum.inputs[0], 4).clone() : evaluate(branchAlone(sum), fixed, values),
      values.get(output, 4).clone(),
    ]);
    const maps = shown.map((tensor) => read(tensor, readback));
    const weight = weights.parameters.get('stem.conv.weight', 4);
    const filters = { shape: weight.shape, values: new Float32Array(weight.size) };
    readback.add(weight.clone(), (found) => filters.values.set(found));
    await readback.flush();

    const [x, f, y] = maps;
    if (x === undefined || f === undefined || y === undefined) throw new Error('features: not read');
    const sizes = maps.map(({ values }) =>
      values.filter(Number.isFinite).reduce((most, v) => Math.max(most, Math.abs(v)), 0),
    );
    const largest = Math.max(...sizes);
    const gain = weights.gains[block - 1] ?? 0;
    return { name: 'features', lane, step, image, block, gain, input: x, branch: f, output: y, largest, filters };
  });
}

/** The image's pixels as the nets see them, [size, size, 3] flat. */
function pixelsOf(data: RaceData, image: ProbedImage): Float32Array {
  if (typeof image !== 'number') return data.prepared(image).values;
  const count = data.shown.labels.length;
  if (!Number.isInteger(image) || image < 0 || image >= count) {
    throw new Error(`image: ${image} is not one of 0 to ${count - 1}`);
  }
  const length = data.size * data.size * 3;
  return data.shown.images.subarray(image * length, (image + 1) * length);
}

/** Queues the tensor of one image and takes ownership; `values` are filled by the next flush. */
function read(tensor: Tensor4D, readback: Readback): FeatureMap {
  const [, height, width, channels] = tensor.shape;
  const values = new Float32Array(tensor.size);
  readback.add(tensor, (found) => values.set(found));
  return { shape: [height, width, channels], values };
}
