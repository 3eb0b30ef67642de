import { PAD_SHORTCUT, PAD_SHORTCUT_GRADIENT } from '../../ops/pad.ts';
import { numeric, required, type Shape4D, shape4D } from '../registry.ts';
import { wasmKernel } from './heap.ts';

/** Calls `visit` with where each pixel of the padded tensor starts, and where the pixel does that it comes from. */
function eachPixel(
  [batch, height, width, from]: Shape4D,
  to: number,
  stride: number,
  visit: (padded: number, source: number) => void,
): void {
  let padded = 0;
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < height; row += stride) {
      for (let column = 0; column < width; column += stride) {
        visit(padded, ((n * height + row) * width + column) * from);
        padded += to;
      }
    }
  }
}

/** See ops/pad.ts, padShortcut. */
export const wasmPadShortcutKernel = wasmKernel(PAD_SHORTCUT, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const shape = shape4D(x.shape);
  const [batch, height, width, channels] = shape;
  const [stride, wider] = [numeric(attrs, 'stride'), numeric(attrs, 'channels')];
  const y = heap.make([batch, Math.ceil(height / stride), Math.ceil(width / stride), wider]);
  const [from, to] = [heap.floats(x), heap.floats(y).fill(0)];
  eachPixel(shape, wider, stride, (padded, source) => {
    for (let c = 0; c < channels; c++) to[padded + c] = from[source + c]!;
  });
  return y;
});

/** See ops/pad.ts, padShortcutGradient. */
export const wasmPadShortcutGradientKernel = wasmKernel(PAD_SHORTCUT_GRADIENT, (heap, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const shape = shape4D(attrs.inputShape);
  const channels = shape[3];
  const dx = heap.make(shape);
  const [from, to] = [heap.floats(dy), heap.floats(dx)];
  if (inputs.addend === undefined) to.fill(0);
  else to.set(heap.floats(inputs.addend));
  eachPixel(shape, shape4D(dy.shape)[3], numeric(attrs, 'stride'), (padded, source) => {
    for (let c = 0; c < channels; c++) to[source + c] = to[source + c]! + from[padded + c]!;
  });
  return dx;
});
