/** Neighbouring channels that are read as one vector: the largest width that divides the number of channels. */
export type VectorLanes = 1 | 2 | 4;

/** The widest vector that divides this number of channels. */
export function lanesOf(channels: number): VectorLanes {
  if (channels % 4 === 0) return 4;
  return channels % 2 === 0 ? 2 : 1;
}

/** The WGSL type of a vector of `lanes` channels: f32, vec2<f32> or vec4<f32>. */
export function vector(lanes: VectorLanes): string {
  return lanes === 1 ? 'f32' : `vec${lanes}<f32>`;
}

/** WGSL for the nth component of a vector. */
export function component(value: string, lanes: VectorLanes, nth: number): string {
  return lanes === 1 ? value : `${value}.${'xyzw'[nth]}`;
}

/** WGSL for the dot product of two vectors. */
export function dot(a: string, b: string, lanes: VectorLanes): string {
  return lanes === 1 ? `${a} * ${b}` : `dot(${a}, ${b})`;
}

/** WGSL for a number: with a point, as f32 wants it. */
export function f32(value: number): string {
  return value.toExponential();
}

/** WGSL of a value times a gain. A gain of 0 leaves nothing, not even NaN. */
export function weightedBy(gain: string, value: string, type: string): string {
  return `select(${gain} * ${value}, ${type}(), ${gain} == 0.0)`;
}

/** WGSL of a ReLU with a slope below zero. */
export function rectified(value: string, type: string, slope: number): string {
  return `select(${value}, ${slope === 0 ? `${type}()` : `${f32(slope)} * ${value}`}, ${value} < ${type}())`;
}

/** WGSL of the gradient by a ReLU's input, at whose output `y` the gradient is `dy`: where y is 0, the slope times dy. */
export function unrectified(dy: string, y: string, type: string, slope: number): string {
  return `select(${slope === 0 ? `${type}()` : `${f32(slope)} * ${dy}`}, ${dy}, ${y} > ${type}())`;
}

/** The lines `line(0)` to `line(times - 1)`, joined. */
export function repeat(times: number, line: (nth: number) => string): string {
  return Array.from({ length: times }, (_, nth) => line(nth)).join('\n');
}
