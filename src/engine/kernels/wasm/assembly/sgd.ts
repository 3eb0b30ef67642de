import { multiplyAdd } from './simd';

/** One step of SGD on a parameter of `size` numbers. */
@unmanaged
export class SgdJob {
  weight: usize;
  velocity: usize;
  gradient: usize;
  nextWeight: usize;
  nextVelocity: usize;
  size: i32;
  rate: f32;
  momentum: f32;
  decay: f32;
}

/** v' = momentum * v + gradient + decay * w; w' = w - rate * v'. */
export function sgdStep(job: SgdJob): void {
  const weight = job.weight;
  const velocity = job.velocity;
  const gradient = job.gradient;
  const nextWeight = job.nextWeight;
  const nextVelocity = job.nextVelocity;
  const size = job.size;
  const rate = job.rate;
  const momentum = job.momentum;
  const decay = job.decay;
  const bytes: usize = size << 2;
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const w = v128.load(weight + at);
    const pull = multiplyAdd(f32x4.splat(decay), w, v128.load(gradient + at));
    const v = multiplyAdd(f32x4.splat(momentum), v128.load(velocity + at), pull);
    v128.store(nextVelocity + at, v);
    v128.store(nextWeight + at, f32x4.sub(w, f32x4.mul(f32x4.splat(rate), v)));
  }
  for (; at < bytes; at += 4) {
    const w = load<f32>(weight + at);
    const v = momentum * load<f32>(velocity + at) + (load<f32>(gradient + at) + decay * w);
    store<f32>(nextVelocity + at, v);
    store<f32>(nextWeight + at, w - rate * v);
  }
}
