import { backend_util, Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import { required, shape4D, strideOf } from '../inputs.ts';
import { webGpuKernel } from './shader.ts';

/** Threads that are enough to fill a GPU. */
const TARGET_THREADS = 2 ** 15;

/**
 * The gradient of a convolution by its filter [KH, KW, in, out], in place of tfjs' own, where each thread loops alone
 * over all pixels of the batch. A thread sums one row of taps for one pair of channels over some rows of the images;
 * the parts are then summed.
 */
export const convFilterGradientKernel = webGpuKernel(Conv2DBackpropFilter, (gpu, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const stride = strideOf(attrs);
  const info = backend_util.computeConv2DInfo(shape4D(x.shape), filterShape, stride, 1, 'same');
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, padInfo } = info;
  const rows = info.batchSize * outHeight;
  const perPart = filterHeight * inChannels * outChannels;
  const parts = Math.max(1, Math.min(rows, Math.round(TARGET_THREADS / perPart)));
  const size = perPart * filterWidth;
  const threads = parts * perPart;
  const taps = Array.from({ length: filterWidth }, (_, tap) => tap);

  const partial = gpu.run({
    name: `filterGradient ${[x.shape, filterShape, stride, parts].join(' ')}`,
    inputs: { x, dy },
    output: [parts, ...filterShape],
    threads,
    body: `
      if (index >= ${threads}) { return; }
      let o = index % ${outChannels};
      let i = (index / ${outChannels}) % ${inChannels};
      let kh = (index / ${inChannels * outChannels}) % ${filterHeight};
      let part = index / ${perPart};
      ${taps.map((tap) => `var sum${tap} = 0.0;`).join(' ')}
      for (var row = part; row < ${rows}; row += ${parts}) {
        let h = (row % ${outHeight}) * ${stride} + kh - ${padInfo.top};
        if (h < 0 || h >= ${inHeight}) { continue; }
        let line = ((row / ${outHeight}) * ${inHeight} + h) * ${inWidth};
        for (var column = 0; column < ${outWidth}; column++) {
          let d = dy[(row * ${outWidth} + column) * ${outChannels} + o];
          let w = column * ${stride} - ${padInfo.left};
          ${taps
            .map(
              (tap) => `
          if (w + ${tap} >= 0 && w + ${tap} < ${inWidth}) {
            sum${tap} += d * x[(line + w + ${tap}) * ${inChannels} + i];
          }`,
            )
            .join('')}
        }
      }
      let to = part * ${size} + (kh * ${filterWidth} * ${inChannels} + i) * ${outChannels} + o;
      ${taps.map((tap) => `result[to + ${tap * inChannels * outChannels}] = sum${tap};`).join(' ')}`,
  });
  const gradient = gpu.run({
    name: `sumOfParts ${size} ${parts}`,
    inputs: { partial },
    output: filterShape,
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      var sum = 0.0;
      for (var part = 0; part < ${parts}; part++) { sum += partial[part * ${size} + index]; }
      result[index] = sum;`,
  });
  gpu.free(partial);
  return gradient;
});
