import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from '../../ops/average-pool.ts';
import { MAX_POOL, MAX_POOL_GRADIENT, windowOf } from '../../ops/pool.ts';
import { numeric, required, type Shape4D, shape4D } from '../registry.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { f32, lanesOf, vector } from './wgsl.ts';

/** A dispatch over the vectors of [N, H, W, C]: WGSL that defines a thread's `index`, `c`, `w`, `h` and `image`. */
function eachPixel([batch, height, width, channels]: Shape4D) {
  const lanes = lanesOf(channels);
  const groups = channels / lanes;
  const { grid, index } = threads((batch * height * width * channels) / lanes, THREADS);
  const place = `${index}
  let c = index % ${groups};
  let w = (index / ${groups}) % ${width};
  let h = (index / ${groups * width}) % ${height};
  let image = index / ${groups * width * height};`;
  /** WGSL of the index of a pixel of a tensor with these sides and as many channels. */
  const at = (sides: { readonly height: number; readonly width: number }, row: string, column: string) =>
    `((image * ${sides.height} + ${row}) * ${sides.width} + ${column}) * ${groups} + c`;
  return { grid, place, at, type: vector(lanes) };
}

/** See ops/pool.ts, maxPool. */
export const webgpuMaxPoolKernel = webGpuKernel(MAX_POOL, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const window = windowOf(attrs);
  const { kernel, stride, padding } = window;
  const shape: Shape4D = [batch, window.height, window.width, channels];
  const y = backend.make(shape);
  const { grid, place, at, type } = eachPixel(shape);
  run(backend, {
    name: 'max pool',
    reads: { x: arrayOf(type, x) },
    writes: { y: arrayOf(type, y) },
    workgroup: THREADS,
    grid,
    body: `${place}
  let top = h * ${stride} - ${padding};
  let left = w * ${stride} - ${padding};
  var largest = ${type}(-3.4028234e38);
  for (var row = max(top, 0); row < min(top + ${kernel}, ${height}); row++) {
    for (var column = max(left, 0); column < min(left + ${kernel}, ${width}); column++) {
      largest = max(largest, x[${at({ height, width }, 'row', 'column')}]);
    }
  }
  y[index] = largest;`,
  });
  return y;
});

/**
 * See ops/pool.ts, maxPoolGradient. A thread looks at each window that its pixel is in, and takes that window's gradient
 * where no pixel before its own has the largest value, too.
 */
export const webgpuMaxPoolGradientKernel = webGpuKernel(MAX_POOL_GRADIENT, (backend, inputs, attrs) => {
  const [x, y, dy] = [required(inputs, 'x'), required(inputs, 'y'), required(inputs, 'dy')];
  const shape = shape4D(x.shape);
  const [, height, width] = shape;
  const window = windowOf(attrs);
  const { kernel, stride, padding } = window;
  const dx = backend.make(shape);
  const { grid, place, at, type } = eachPixel(shape);
  // The windows in a row or column that contain a pixel: those that begin at most `kernel` - 1 before it.
  const windows = (name: string, pixel: string, count: number) => {
    const first = `max((${pixel} + ${padding} - ${kernel - 1} + ${stride - 1}) / ${stride}, 0)`;
    return `var ${name} = ${first}; ${name} <= min((${pixel} + ${padding}) / ${stride}, ${count - 1}); ${name}++`;
  };
  run(backend, {
    name: 'max pool gradient',
    reads: { x: arrayOf(type, x), y: arrayOf(type, y), dy: arrayOf(type, dy) },
    writes: { dx: arrayOf(type, dx) },
    workgroup: THREADS,
    grid,
    body: `${place}
  var sum = ${type}();
  for (${windows('outRow', 'h', window.height)}) {
    for (${windows('outColumn', 'w', window.width)}) {
      let out = ${at(window, 'outRow', 'outColumn')};
      let largest = y[out];
      var given = select(${type}(), dy[out], x[index] == largest);
      let top = outRow * ${stride} - ${padding};
      let left = outColumn * ${stride} - ${padding};
      for (var row = max(top, 0); row <= h; row++) {
        let end = select(min(left + ${kernel}, ${width}), w, row == h);
        for (var column = max(left, 0); column < end; column++) {
          given = select(given, ${type}(), x[${at({ height, width }, 'row', 'column')}] == largest);
        }
      }
      sum += given;
    }
  }
  dx[index] = sum;`,
  });
  return dx;
});

/** See ops/average-pool.ts, averagePool. */
export const webgpuAveragePoolKernel = webGpuKernel(AVERAGE_POOL, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const kernel = numeric(attrs, 'kernel');
  const shape: Shape4D = [batch, height / kernel, width / kernel, channels];
  const y = backend.make(shape);
  const { grid, place, at, type } = eachPixel(shape);
  run(backend, {
    name: 'average pool',
    reads: { x: arrayOf(type, x) },
    writes: { y: arrayOf(type, y) },
    workgroup: THREADS,
    grid,
    body: `${place}
  var sum = ${type}();
  for (var row = h * ${kernel}; row < (h + 1) * ${kernel}; row++) {
    for (var column = w * ${kernel}; column < (w + 1) * ${kernel}; column++) {
      sum += x[${at({ height, width }, 'row', 'column')}];
    }
  }
  y[index] = sum * ${f32(1 / kernel ** 2)};`,
  });
  return y;
});

/** See ops/average-pool.ts, averagePoolGradient. */
export const webgpuAveragePoolGradientKernel = webGpuKernel(AVERAGE_POOL_GRADIENT, (backend, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const [batch, height, width, channels] = shape4D(dy.shape);
  const kernel = numeric(attrs, 'kernel');
  const shape: Shape4D = [batch, height * kernel, width * kernel, channels];
  const dx = backend.make(shape);
  const { grid, place, at, type } = eachPixel(shape);
  run(backend, {
    name: 'average pool gradient',
    reads: { dy: arrayOf(type, dy) },
    writes: { dx: arrayOf(type, dx) },
    workgroup: THREADS,
    grid,
    body: `${place}
  dx[index] = dy[${at({ height, width }, `h / ${kernel}`, `w / ${kernel}`)}] * ${f32(1 / kernel ** 2)};`,
  });
  return dx;
});
