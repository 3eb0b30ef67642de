import { storeFirst } from './simd';

/** Max pooling by channel. A unit of work is a row of one image's output. */
@unmanaged
export class MaxPoolJob {
  x: usize;
  y: usize;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  kernel: i32;
  stride: i32;
  /** Rows and columns of padding before the first. */
  padding: i32;
  outHeight: i32;
  outWidth: i32;
}

/** Computes one unit: a row of the output. */
export function maxPoolUnit(job: MaxPoolJob, unit: i32): void {
  const pixelBytes: usize = job.channels << 2;
  const rowBytes = pixelBytes * job.width;
  const above = (unit % job.outHeight) * job.stride - job.padding;
  const top = max(0, above);
  const bottom = min(job.height, above + job.kernel);
  const image = job.x + <usize>(unit / job.outHeight) * job.height * rowBytes;
  let y = job.y + <usize>(unit * job.outWidth) * pixelBytes;
  for (let column = 0; column < job.outWidth; column++) {
    const before = column * job.stride - job.padding;
    const left = max(0, before);
    const right = min(job.width, before + job.kernel);
    const corner = image + <usize>top * rowBytes + <usize>left * pixelBytes;
    for (let c: usize = 0; c < pixelBytes; c += 16) {
      // NaN counts as the largest value, so that it propagates.
      let largest = f32x4.splat(-Infinity);
      let row = corner + c;
      for (let h = top; h < bottom; h++) {
        let at = row;
        for (let w = left; w < right; w++) {
          largest = f32x4.max(largest, v128.load(at));
          at += pixelBytes;
        }
        row += rowBytes;
      }
      const count = <i32>((pixelBytes - c) >> 2);
      if (count >= 4) v128.store(y + c, largest);
      else storeFirst(y + c, largest, largest, count);
    }
    y += pixelBytes;
  }
}
