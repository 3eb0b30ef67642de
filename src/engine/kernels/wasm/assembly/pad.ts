/**
 * A shortcut of option A: every `stride`-th pixel of a map [images, height, width, channels], with zeros in the new
 * channels of the padded one, [images, ceil(height / stride), ceil(width / stride), wider]; or its gradient. A unit of
 * work is an image.
 */
@unmanaged
export class PadShortcutJob {
  map: usize;
  padded: usize;
  /** What is added to the gradient, of its shape; 0 where nothing is. */
  addend: usize;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  wider: i32;
  stride: i32;
}

/** Bytes of an image of the map. */
function mapBytes(job: PadShortcutJob): usize {
  return (<usize>(job.height * job.width * job.channels)) << 2;
}

/** The first pixel of an image in the padded map. */
function paddedImage(job: PadShortcutJob, image: i32): usize {
  const pixels = ((job.height + job.stride - 1) / job.stride) * ((job.width + job.stride - 1) / job.stride);
  return job.padded + ((<usize>(image * pixels * job.wider)) << 2);
}

export function padShortcutUnit(job: PadShortcutJob, image: i32): void {
  const bytes: usize = job.channels << 2;
  const wider: usize = job.wider << 2;
  let to = paddedImage(job, image);
  for (let row = 0; row < job.height; row += job.stride) {
    let from = job.map + <usize>image * mapBytes(job) + <usize>(row * job.width) * bytes;
    for (let column = 0; column < job.width; column += job.stride) {
      memory.copy(to, from, bytes);
      memory.fill(to + bytes, 0, wider - bytes);
      from += bytes * <usize>job.stride;
      to += wider;
    }
  }
}

export function padShortcutGradientUnit(job: PadShortcutJob, image: i32): void {
  const bytes: usize = job.channels << 2;
  const whole = bytes & ~15;
  const start = <usize>image * mapBytes(job);
  if (job.addend) memory.copy(job.map + start, job.addend + start, mapBytes(job));
  else memory.fill(job.map + start, 0, mapBytes(job));
  let from = paddedImage(job, image);
  for (let row = 0; row < job.height; row += job.stride) {
    let to = job.map + start + <usize>(row * job.width) * bytes;
    for (let column = 0; column < job.width; column += job.stride) {
      let at: usize = 0;
      for (; at < whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
      for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
      to += bytes * <usize>job.stride;
      from += (<usize>job.wider) << 2;
    }
  }
}
