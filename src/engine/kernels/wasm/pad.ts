import { PAD_SHORTCUT, PAD_SHORTCUT_GRADIENT } from '../../ops/pad.ts';
import { numeric, required, type Shape4D, shape4D } from '../registry.ts';
import { wasmKernel } from './heap.ts';

/** The fields of a job that give the sizes of the map and of the padded one. */
function sizesOf([images, height, width, channels]: Shape4D, wider: number, stride: number) {
  return { images, height, width, channels, wider, stride };
}

/** See ops/pad.ts, padShortcut. */
export const wasmPadShortcutKernel = wasmKernel(PAD_SHORTCUT, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const shape = shape4D(x.shape);
  const [images, height, width] = shape;
  const [stride, wider] = [numeric(attrs, 'stride'), numeric(attrs, 'channels')];
  const y = heap.make([images, Math.ceil(height / stride), Math.ceil(width / stride), wider]);
  const [map, padded] = [heap.pointer(x), heap.pointer(y)];
  heap.run('runPadShortcut', { map, padded, addend: 0, ...sizesOf(shape, wider, stride) });
  return y;
});

/** See ops/pad.ts, padShortcutGradient. */
export const wasmPadShortcutGradientKernel = wasmKernel(PAD_SHORTCUT_GRADIENT, (heap, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const shape = shape4D(attrs.inputShape);
  const dx = heap.make(shape);
  const [map, padded, addend] = [heap.pointer(dx), heap.pointer(dy), heap.pointer(inputs.addend)];
  const sizes = sizesOf(shape, shape4D(dy.shape)[3], numeric(attrs, 'stride'));
  heap.run('runPadShortcutGradient', { map, padded, addend, ...sizes });
  return dx;
});
