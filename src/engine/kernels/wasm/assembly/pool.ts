import { zero } from './simd';

/** The means of an image's channels over all its pixels, or their gradient. A unit of work is an image. */
@unmanaged
export class PoolJob {
  /** [images, pixels, channels] */
  map: usize;
  /** [images, channels] */
  means: usize;
  images: i32;
  pixels: i32;
  channels: i32;
}

export function poolUnit(job: PoolJob, image: i32): void {
  const row: usize = job.channels << 2;
  const from = job.map + <usize>image * row * <usize>job.pixels;
  const to = job.means + <usize>image * row;
  const until = from + row * <usize>job.pixels;
  const pixels = f32x4.splat(<f32>job.pixels);
  let c: usize = 0;
  for (; c + 16 <= row; c += 16) {
    let sum = zero();
    for (let at = from + c; at < until; at += row) sum = f32x4.add(sum, v128.load(at));
    v128.store(to + c, f32x4.div(sum, pixels));
  }
  for (; c < row; c += 4) {
    let sum: f32 = 0;
    for (let at = from + c; at < until; at += row) sum += load<f32>(at);
    store<f32>(to + c, sum / <f32>job.pixels);
  }
}

export function poolGradientUnit(job: PoolJob, image: i32): void {
  const row: usize = job.channels << 2;
  const to = job.map + <usize>image * row * <usize>job.pixels;
  const from = job.means + <usize>image * row;
  const until = to + row * <usize>job.pixels;
  const pixels = f32x4.splat(<f32>job.pixels);
  let c: usize = 0;
  for (; c + 16 <= row; c += 16) {
    const share = f32x4.div(v128.load(from + c), pixels);
    for (let at = to + c; at < until; at += row) v128.store(at, share);
  }
  for (; c < row; c += 4) {
    const share = load<f32>(from + c) / <f32>job.pixels;
    for (let at = to + c; at < until; at += row) store<f32>(at, share);
  }
}
