import { multiplyAdd } from './simd';

/** One step of SGD on parameters. */
@unmanaged
export class SgdJob {
  /** [count]: each a `SgdParameter`. */
  parameters: usize;
  count: i32;
  rate: f32;
  momentum: f32;
  decay: f32;
}

/** A parameter of `size` numbers; the addresses of its next values may be those of its values. */
@unmanaged
class SgdParameter {
  weight: usize;
  velocity: usize;
  gradient: usize;
  nextWeight: usize;
  nextVelocity: usize;
  size: i32;
}

export function sgdStep(job: SgdJob): void {
  for (let nth = 0; nth < job.count; nth++) {
    stepOf(job, changetype<SgdParameter>(job.parameters + <usize>nth * offsetof<SgdParameter>()));
  }
}

/** v' = momentum * v + gradient + decay * w; w' = w - rate * v'. */
function stepOf(job: SgdJob, parameter: SgdParameter): void {
  const weight = parameter.weight;
  const velocity = parameter.velocity;
  const gradient = parameter.gradient;
  const nextWeight = parameter.nextWeight;
  const nextVelocity = parameter.nextVelocity;
  const size = parameter.size;
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
