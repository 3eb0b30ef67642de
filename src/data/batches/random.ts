/**
 * Seeded random numbers, the same on every machine: a 32-bit state that steps by a constant and is mixed on
 * the way out (the splitmix scheme with murmur3's finaliser).
 */
export class Random {
  #state: number;

  /** `key` names the stream: streams of different keys are independent. */
  constructor(key: string) {
    this.#state = hash(key);
  }

  /** Uniform in 0 .. 2^32 - 1. */
  uint32(): number {
    this.#state = (this.#state + STREAM_STEP) >>> 0;
    return mix(this.#state);
  }

  /** Uniform in the open interval (0, 1). */
  uniform(): number {
    return (this.uint32() + 0.5) / 2 ** 32;
  }

  /** Uniform integer in 0 .. bound - 1. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** A pair of independent standard normals (Box and Muller 1958). */
  normals(): readonly [number, number] {
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }
}

/** The state of a stream before its first number. The nth one, from 1, is `mix` of the state plus n * `STREAM_STEP`. */
export function streamStart(key: string): number {
  return hash(key);
}

/** What the state of a stream grows by with each number, modulo 2^32. */
export const STREAM_STEP = 0x9e3779b9;

/** The mixing of a state, in 32 bits, to a random number: murmur3's finaliser. */
export function mix(value: number): number {
  let z = value;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** FNV-1a over the string's UTF-16 code units, mixed. */
function hash(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return mix(h >>> 0);
}

/** The numbers 0 .. count - 1 in random order (Fisher and Yates). */
export function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
  return order;
}
