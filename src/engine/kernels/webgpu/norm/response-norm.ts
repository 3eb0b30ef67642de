import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../../core/net/node.ts';
import { RESPONSE_NORM, RESPONSE_NORM_GRADIENT } from '../../../ops/lrn.ts';
import { numeric, required } from '../../registry.ts';
import { arrayOf, run, threads, webGpuKernel } from '../shader.ts';
import { THREADS } from '../tuning.ts';
import { f32 } from '../wgsl.ts';

/** WGSL of a function that gives a number's denominator, bias + alpha * the sum of squares of its neighbours. */
function denominator({ shape }: TensorInfo, attrs: NamedAttrMap): string {
  const channels = shape.at(-1) ?? 1;
  const radius = numeric(attrs, 'radius');
  return `fn denominator(start : i32, c : i32) -> f32 {
  var sum = 0.0;
  for (var other = max(c - ${radius}, 0); other <= min(c + ${radius}, ${channels - 1}); other++) {
    sum += x[start + other] * x[start + other];
  }
  return ${f32(numeric(attrs, 'bias'))} + ${f32(numeric(attrs, 'alpha'))} * sum;
}`;
}

/** WGSL of a thread's channel, and where its pixel starts. */
function placeOf({ shape }: TensorInfo) {
  const channels = shape.at(-1) ?? 1;
  const { grid, index } = threads(sizeOf(shape), THREADS);
  return { grid, channels, place: `${index}\n let c = index % ${channels};\n let start = index - c;` };
}

/** See ops/lrn.ts, responseNorm. */
export const webgpuResponseNormKernel = webGpuKernel(RESPONSE_NORM, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const y = backend.make(x.shape);
  const { grid, place } = placeOf(x);
  run(backend, {
    name: 'response norm',
    reads: { x: arrayOf('f32', x) },
    writes: { y: arrayOf('f32', y) },
    workgroup: THREADS,
    grid,
    declarations: denominator(x, attrs),
    body: `${place}
  y[index] = x[index] * pow(denominator(start, c), ${f32(-numeric(attrs, 'beta'))});`,
  });
  return y;
});

/** See ops/lrn.ts, responseNormGradient. */
export const webgpuResponseNormGradientKernel = webGpuKernel(RESPONSE_NORM_GRADIENT, (backend, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const [radius, beta] = [numeric(attrs, 'radius'), numeric(attrs, 'beta')];
  const dx = backend.make(x.shape);
  const { grid, channels, place } = placeOf(x);
  run(backend, {
    name: 'response norm gradient',
    reads: { x: arrayOf('f32', x), dy: arrayOf('f32', dy) },
    writes: { dx: arrayOf('f32', dx) },
    workgroup: THREADS,
    grid,
    declarations: denominator(x, attrs),
    body: `${place}
  var around = 0.0;
  for (var other = max(c - ${radius}, 0); other <= min(c + ${radius}, ${channels - 1}); other++) {
    let at = start + other;
    around += dy[at] * x[at] * pow(denominator(start, other), ${f32(-beta - 1)});
  }
  let own = dy[index] * pow(denominator(start, c), ${f32(-beta)});
  dx[index] = own - ${f32(2 * numeric(attrs, 'alpha') * beta)} * x[index] * around;`,
  });
  return dx;
});
