import type { BitCoder } from './arithmetic-coder.ts';

/** Contexts of one decision. */
const CONTEXTS = 3;
/** Slots of a context's table; contexts are hashed into it, and may share one. */
const SLOTS = 1 << 18;
/** A slot averages its decisions until it has seen this many, and from then on the latest ones. */
const MEMORY = 60;
const LEARNING_RATE = 0.02;
/** Steps of log-odds per unit in `SQUASHED`, and the largest log-odds in it. */
const [FINENESS, MOST] = [256, 12];

/**
 * The logistic function at (i / FINENESS - MOST). It is made of products alone, which are the same in every engine;
 * `Math.exp` is not.
 */
const SQUASHED = squashed();

function squashed(): Float64Array {
  const table = new Float64Array(2 * MOST * FINENESS + 1);
  const middle = MOST * FINENESS;
  const growth = 1.0039138893383475; // e^(1/256)
  let odds = 1;
  for (let at = 0; at <= middle; at++) {
    table[middle + at] = odds / (1 + odds);
    table[middle - at] = 1 / (1 + odds);
    odds *= growth;
  }
  return table;
}

/** Log-odds of the probability (i + 0.5) / 4096: the inverse of `SQUASHED`. */
const STRETCHED = stretched();

function stretched(): Float64Array {
  const table = new Float64Array(4096);
  let at = 0;
  for (let index = 0; index < table.length; index++) {
    while ((SQUASHED[at] ?? 1) < (index + 0.5) / 4096) at++;
    table[index] = at / FINENESS - MOST;
  }
  return table;
}

const RATES = Float64Array.from({ length: MEMORY + 1 }, (_, seen) => 1 / (seen + 1.5));

/**
 * Predicts binary decisions from three contexts each and learns from every one (logistic mixing, as in PAQ). Its
 * arithmetic is the same to the last bit everywhere, so that an encoder's predictions are the decoder's.
 */
export class MixedBits {
  readonly #coder: BitCoder;
  /** By context: the probability of a 1 in 1/65536 times 64, plus the number of decisions seen. */
  readonly #slots = new Uint32Array(CONTEXTS * SLOTS).fill(32768 * 64);
  readonly #weights: Float64Array;

  /** `mixers` is the number of sets of weights. */
  constructor(coder: BitCoder, mixers: number) {
    this.#coder = coder;
    this.#weights = new Float64Array(CONTEXTS * mixers).fill(0.4);
  }

  /** Codes a bit in three contexts, given as hashes, by the weights of `mixer`. */
  code(bit: number, mixer: number, first: number, second: number, third: number): number {
    const slots = this.#slots;
    const weights = this.#weights;
    const a = first & (SLOTS - 1);
    const b = SLOTS + (second & (SLOTS - 1));
    const c = 2 * SLOTS + (third & (SLOTS - 1));
    const slotA = slots[a] ?? 0;
    const slotB = slots[b] ?? 0;
    const slotC = slots[c] ?? 0;
    const oddsA = STRETCHED[slotA >> 10] ?? 0;
    const oddsB = STRETCHED[slotB >> 10] ?? 0;
    const oddsC = STRETCHED[slotC >> 10] ?? 0;
    const at = mixer * CONTEXTS;
    const weightA = weights[at] ?? 0;
    const weightB = weights[at + 1] ?? 0;
    const weightC = weights[at + 2] ?? 0;
    const odds = weightA * oddsA + weightB * oddsB + weightC * oddsC;
    const predicted = SQUASHED[((odds < -MOST ? 0 : odds > MOST ? 2 * MOST : odds + MOST) * FINENESS) | 0] ?? 0;
    const probability = (predicted * 65536) | 0;
    const found = this.#coder.code(bit, probability < 16 ? 16 : probability > 65520 ? 65520 : probability);
    const error = (found - predicted) * LEARNING_RATE;
    weights[at] = weightA + error * oddsA;
    weights[at + 1] = weightB + error * oddsB;
    weights[at + 2] = weightC + error * oddsC;
    slots[a] = learned(slotA, found);
    slots[b] = learned(slotB, found);
    slots[c] = learned(slotC, found);
    return found;
  }
}

function learned(slot: number, bit: number): number {
  const seen = slot & 63;
  const probability = slot >> 6;
  const next = (probability + ((bit === 1 ? 65535 : 0) - probability) * (RATES[seen] ?? 0)) | 0;
  return (next << 6) | (seen < MEMORY ? seen + 1 : seen);
}

/** A hash of four numbers, for a context. */
export function contextOf(a: number, b: number, c: number, d: number): number {
  let hash =
    Math.imul(a + 1, 0x2c1b3c6d) ^
    Math.imul(b + 7, 0x297a2d39) ^
    Math.imul(c + 3, 0x5bd1e995) ^
    Math.imul(d + 11, 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
