import { zero } from './simd';
import { BLOCK, POINTS } from './winograd';

/**
 * Transforms a filter g [9, inChannels, outChannels]: G g Gᵀ, in the order that `WinogradJob` reads. `inStride` and
 * `outStride` are the bytes from one channel to the next. `flip` turns it by 180 degrees, for the gradient by the input.
 */
@unmanaged
export class WinogradFilterJob {
  from: usize;
  to: usize;
  inChannels: i32;
  outChannels: i32;
  tapBytes: usize;
  inStride: usize;
  outStride: usize;
  flip: i32;
}

export function transformFilter(job: WinogradFilterJob): void {
  const inChannels = job.inChannels;
  const outChannels = job.outChannels;
  const blocks = (outChannels + BLOCK - 1) / BLOCK;
  const step = (<usize>(blocks * BLOCK * inChannels)) << 2;
  const half = f32x4.splat(0.5);
  const tap = job.flip ? <usize>0 - job.tapBytes : job.tapBytes;
  const origin = job.flip ? job.from + job.tapBytes * 8 : job.from;
  for (let i = 0; i < inChannels; i++) {
    for (let o = 0; o < blocks * BLOCK; o += 4) {
      const to = job.to + ((<usize>((o >> 3) * inChannels * BLOCK + i * BLOCK + (o & 4))) << 2);
      if (o >= outChannels) {
        for (let point: usize = 0; point < <usize>POINTS; point++) v128.store(to + step * point, zero());
        continue;
      }
      const from = origin + <usize>i * job.inStride + <usize>o * job.outStride;
      for (let column: usize = 0; column < 3; column++) {
        // A column of G g, kept where the rows of (G g) Gᵀ take it up.
        const at = from + column * tap;
        const a = fourFrom(at, job.outStride);
        const b = fourFrom(at + tap * 3, job.outStride);
        const d = fourFrom(at + tap * 6, job.outStride);
        const ends = f32x4.mul(half, f32x4.add(a, d));
        const middle = f32x4.mul(half, b);
        const cell = to + step * column;
        v128.store(cell, a);
        v128.store(cell + step * 4, f32x4.add(ends, middle));
        v128.store(cell + step * 8, f32x4.sub(ends, middle));
        v128.store(cell + step * 12, d);
      }
      for (let row: usize = 0; row < 4; row++) {
        const cell = to + step * 4 * row;
        const a = v128.load(cell);
        const b = v128.load(cell + step);
        const d = v128.load(cell + step * 2);
        const ends = f32x4.mul(half, f32x4.add(a, d));
        const middle = f32x4.mul(half, b);
        v128.store(cell + step, f32x4.add(ends, middle));
        v128.store(cell + step * 2, f32x4.sub(ends, middle));
        v128.store(cell + step * 3, d);
      }
    }
  }
}

/** Four numbers, `stride` bytes apart. */
function fourFrom(at: usize, stride: usize): v128 {
  if (stride == 4) return v128.load(at);
  const one = v128.load32_zero(at);
  const two = v128.load32_lane(at + stride, one, 1);
  const three = v128.load32_lane(at + stride * 2, two, 2);
  return v128.load32_lane(at + stride * 3, three, 3);
}
