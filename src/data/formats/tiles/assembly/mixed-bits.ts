import { ArithmeticCoder } from './arithmetic-coder';

/** Contexts of one decision. */
const CONTEXTS = 3;
/** Slots of a context's table; contexts are hashed into it, and may share one. */
const SLOTS = 1 << 18;
const MEMORY = 60;
const LEARNING_RATE: f64 = 0.02;
/** Steps of log-odds per unit in `SQUASHED`, and the largest log-odds in it. */
const FINENESS = 256;
const MOST = 12;

/**
 * The logistic function at (i / FINENESS - MOST). It is made of products alone, which are the same on every processor;
 * an exponential is not.
 */
const SQUASHED = squashed();

function squashed(): StaticArray<f64> {
  const middle = MOST * FINENESS;
  const table = new StaticArray<f64>(2 * middle + 1);
  const growth: f64 = 1.0039138893383475; // e^(1/256)
  let odds: f64 = 1;
  for (let at = 0; at <= middle; at++) {
    unchecked((table[middle + at] = odds / (1 + odds)));
    unchecked((table[middle - at] = 1 / (1 + odds)));
    odds *= growth;
  }
  return table;
}

/** Log-odds of the probability (i + 0.5) / 4096: the inverse of `SQUASHED`. */
const STRETCHED = stretched();

function stretched(): StaticArray<f64> {
  const table = new StaticArray<f64>(4096);
  let at = 0;
  for (let index = 0; index < table.length; index++) {
    while (unchecked(SQUASHED[at]) < (<f64>index + 0.5) / 4096) at++;
    unchecked((table[index] = <f64>at / FINENESS - MOST));
  }
  return table;
}

const RATES = rates();

function rates(): StaticArray<f64> {
  const table = new StaticArray<f64>(MEMORY + 1);
  for (let seen = 0; seen <= MEMORY; seen++) unchecked((table[seen] = 1 / (<f64>seen + 1.5)));
  return table;
}

/**
 * Predicts binary decisions from three contexts each and learns from every one (logistic mixing, as in PAQ). Its
 * arithmetic is the same to the last bit everywhere, so that an encoder's predictions are the decoder's.
 */
@final
export class MixedBits {
  /** By context: the probability of a 1 in 1/65536 times 64, plus the number of decisions seen. */
  private readonly slots: StaticArray<u32> = new StaticArray<u32>(CONTEXTS * SLOTS).fill(32768 * 64);
  private readonly weights: StaticArray<f64>;

  /** `mixers` is the number of sets of weights. */
  constructor(
    private readonly coder: ArithmeticCoder,
    mixers: i32,
  ) {
    this.weights = new StaticArray<f64>(CONTEXTS * mixers).fill(0.4);
  }

  /** Codes a bit in three contexts, given as hashes, by the weights of `mixer`. */
  code(bit: i32, mixer: i32, first: i32, second: i32, third: i32): i32 {
    const slots = this.slots;
    const weights = this.weights;
    const a = first & (SLOTS - 1);
    const b = SLOTS + (second & (SLOTS - 1));
    const c = 2 * SLOTS + (third & (SLOTS - 1));
    const slotA = unchecked(slots[a]);
    const slotB = unchecked(slots[b]);
    const slotC = unchecked(slots[c]);
    const oddsA = unchecked(STRETCHED[slotA >> 10]);
    const oddsB = unchecked(STRETCHED[slotB >> 10]);
    const oddsC = unchecked(STRETCHED[slotC >> 10]);
    const at = mixer * CONTEXTS;
    const weightA = unchecked(weights[at]);
    const weightB = unchecked(weights[at + 1]);
    const weightC = unchecked(weights[at + 2]);
    const odds = weightA * oddsA + weightB * oddsB + weightC * oddsC;
    const place = odds < -MOST ? 0 : odds > MOST ? 2 * MOST : odds + MOST;
    const predicted = unchecked(SQUASHED[<i32>(place * FINENESS)]);
    const probability = <i32>(predicted * 65536);
    const found = this.coder.code(bit, probability < 16 ? 16 : probability > 65520 ? 65520 : probability);
    const error = (<f64>found - predicted) * LEARNING_RATE;
    unchecked((weights[at] = weightA + error * oddsA));
    unchecked((weights[at + 1] = weightB + error * oddsB));
    unchecked((weights[at + 2] = weightC + error * oddsC));
    unchecked((slots[a] = learned(slotA, found)));
    unchecked((slots[b] = learned(slotB, found)));
    unchecked((slots[c] = learned(slotC, found)));
    return found;
  }
}

function learned(slot: u32, bit: i32): u32 {
  const seen = slot & 63;
  const probability = <f64>(slot >> 6);
  const target: f64 = bit == 1 ? 65535 : 0;
  const next = <u32>(probability + (target - probability) * unchecked(RATES[seen]));
  return (next << 6) | min(seen + 1, MEMORY);
}

/** A hash of four numbers, for a context. */
export function contextOf(a: i32, b: i32, c: i32, d: i32): i32 {
  let hash = ((a + 1) * 0x2c1b3c6d) ^ ((b + 7) * 0x297a2d39) ^ ((c + 3) * 0x5bd1e995) ^ ((d + 11) * 0x1b873593);
  hash = (hash ^ (hash >>> 15)) * <i32>0x85ebca6b;
  return hash ^ (hash >>> 13);
}
