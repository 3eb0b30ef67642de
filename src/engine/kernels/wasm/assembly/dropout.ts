import { storeFirst } from './simd';

/** What the state of a random stream grows by with each number, see src/data/batches/random.ts. */
const STREAM_STEP: u32 = 0x9e3779b9;

/** Inverted dropout of `size` numbers. A unit of work is `unitSize` of them, a multiple of four. */
@unmanaged
export class DropoutJob {
  x: usize;
  y: usize;
  size: i32;
  unitSize: i32;
  /** State of the random stream before its first number; number n decides on value n. */
  start: i32;
  /** Values whose number is below are dropped. */
  bound: i32;
  /** Factor of the others. */
  kept: f32;
}

/** Murmur3's finaliser of four states. */
function mix(z: v128): v128 {
  z = i32x4.mul(v128.xor(z, i32x4.shr_u(z, 16)), i32x4.splat(0x85ebca6b));
  z = i32x4.mul(v128.xor(z, i32x4.shr_u(z, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(z, i32x4.shr_u(z, 16));
}

/** Computes one unit. */
export function dropoutUnit(job: DropoutJob, unit: i32): void {
  const first = unit * job.unitSize;
  const lanes = i32x4.mul(i32x4(1, 2, 3, 4), i32x4.splat(<i32>STREAM_STEP));
  let state = i32x4.add(i32x4.splat(job.start + first * <i32>STREAM_STEP), lanes);
  const further = i32x4.splat(<i32>(4 * STREAM_STEP));
  const bound = i32x4.splat(job.bound);
  const kept = f32x4.splat(job.kept);
  let at: usize = (<usize>first) << 2;
  for (let left = min(job.unitSize, job.size - first); left > 0; left -= 4, at += 16) {
    const drops = i32x4.lt_u(mix(state), bound);
    const value = v128.andnot(f32x4.mul(v128.load(job.x + at), kept), drops);
    storeFirst(job.y + at, value, value, min(left, 4));
    state = i32x4.add(state, further);
  }
}
