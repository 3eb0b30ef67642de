/** a * b + c in four lanes, with one rounding where the processor has it and the binary was built for it. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** A ReLU with a slope below zero, 0 to 1: x where it is above zero, else slope * x. */
export function leaky(x: v128, slope: f32): v128 {
  return f32x4.pmax(x, f32x4.mul(x, f32x4.splat(slope)));
}

/** Four zeros. */
export function zero(): v128 {
  return f32x4.splat(0);
}

/** Stores the first `count` of eight numbers: `low` has the first four, `high` the others. */
export function storeFirst(to: usize, low: v128, high: v128, count: i32): void {
  if (count >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  let rest = low;
  if (count >= 4) {
    v128.store(to, low);
    to += 16;
    count -= 4;
    rest = high;
  }
  if (count > 0) store<f32>(to, f32x4.extract_lane(rest, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(rest, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(rest, 2), 8);
}
