import { sizeOf } from '../../../core/net/node.ts';
import { PAD_SHORTCUT, PAD_SHORTCUT_GRADIENT } from '../../ops/pad.ts';
import { numeric, required, shape4D } from '../registry.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';

/** See ops/pad.ts, padShortcut. */
export const webgpuPadShortcutKernel = webGpuKernel(PAD_SHORTCUT, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, from] = shape4D(x.shape);
  const [stride, channels] = [numeric(attrs, 'stride'), numeric(attrs, 'channels')];
  const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const y = backend.make([batch, outHeight, outWidth, channels]);
  const { grid, index } = threads(sizeOf(y.shape), THREADS);
  run(backend, {
    name: 'pad',
    reads: { x: arrayOf('f32', x) },
    writes: { y: arrayOf('f32', y) },
    workgroup: THREADS,
    grid,
    body: `${index}
  let c = index % ${channels};
  let pixel = index / ${channels};
  let w = (pixel % ${outWidth}) * ${stride};
  let line = pixel / ${outWidth};
  let h = (line % ${outHeight}) * ${stride};
  let image = line / ${outHeight};
  var value = 0.0;
  if (c < ${from}) { value = x[((image * ${height} + h) * ${width} + w) * ${from} + c]; }
  y[index] = value;`,
  });
  return y;
});

/** See ops/pad.ts, padShortcutGradient: `addend` is added where there is one. */
export const webgpuPadShortcutGradientKernel = webGpuKernel(PAD_SHORTCUT_GRADIENT, (backend, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const shape = shape4D(attrs.inputShape);
  const [, height, width, from] = shape;
  const [, outHeight, outWidth, channels] = shape4D(dy.shape);
  const stride = numeric(attrs, 'stride');
  const dx = backend.make(shape);
  const { addend } = inputs;
  const { grid, index } = threads(sizeOf(shape), THREADS);
  run(backend, {
    name: 'pad gradient',
    reads: { dy: arrayOf('f32', dy), ...(addend === undefined ? {} : { addend: arrayOf('f32', addend) }) },
    writes: { dx: arrayOf('f32', dx) },
    workgroup: THREADS,
    grid,
    body: `${index}
  let c = index % ${from};
  let pixel = index / ${from};
  let w = pixel % ${width};
  let line = pixel / ${width};
  let h = line % ${height};
  let image = line / ${height};
  var value = ${addend === undefined ? '0.0' : 'addend[index]'};
  if (h % ${stride} == 0 && w % ${stride} == 0) {
    value += dy[((image * ${outHeight} + h / ${stride}) * ${outWidth} + w / ${stride}) * ${channels} + c];
  }
  dx[index] = value;`,
  });
  return dx;
});
