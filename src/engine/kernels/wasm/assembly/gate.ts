/** T * f + (1 - T) * gain * s of `size` numbers, T = sigmoid(t). A unit of work is `unitSize` of them. */
@unmanaged
export class GateJob {
  f: usize;
  t: usize;
  /** 0 where the gain is 0. */
  s: usize;
  y: usize;
  size: i32;
  unitSize: i32;
  gain: f32;
}

/** Its gradients. */
@unmanaged
export class GateGradientJob extends GateJob {
  dy: usize;
  df: usize;
  dt: usize;
  /** 0 where the gain is 0. */
  ds: usize;
}

function sigmoid(t: f32): f32 {
  return <f32>1 / (<f32>1 + Mathf.exp(-t));
}

/** Computes one unit. */
export function gateUnit(job: GateJob, unit: i32): void {
  let at: usize = (<usize>(unit * job.unitSize)) << 2;
  for (let left = min(job.unitSize, job.size - unit * job.unitSize); left > 0; left--, at += 4) {
    const open: f32 = sigmoid(load<f32>(job.t + at));
    const carried = job.s ? (<f32>1 - open) * job.gain * load<f32>(job.s + at) : <f32>0;
    store<f32>(job.y + at, open * load<f32>(job.f + at) + carried);
  }
}

/** Computes the gradients of one unit. */
export function gateGradientUnit(job: GateGradientJob, unit: i32): void {
  let at: usize = (<usize>(unit * job.unitSize)) << 2;
  for (let left = min(job.unitSize, job.size - unit * job.unitSize); left > 0; left--, at += 4) {
    const open: f32 = sigmoid(load<f32>(job.t + at));
    const dy = load<f32>(job.dy + at);
    const carried = job.s ? job.gain * load<f32>(job.s + at) : <f32>0;
    store<f32>(job.df + at, open * dy);
    store<f32>(job.dt + at, dy * (load<f32>(job.f + at) - carried) * open * (<f32>1 - open));
    if (job.ds) store<f32>(job.ds + at, job.gain * (<f32>1 - open) * dy);
  }
}
