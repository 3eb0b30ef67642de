import { ArithmeticCoder } from './arithmetic-coder';

/** How fast the two estimates of a context follow what is coded: each decision moves them by 1/16 and by 1/128 of the way. */
const FAST = 4;
const SLOW = 7;
/** Both estimates at 1/2, in 1/65536. */
const EVEN: u32 = 0x80008000;

/**
 * Codes binary decisions, each in a context with a number, and learns from every one. The probability of a 1 is the mean
 * of a fast and a slow estimate, in integers, so that an encoder's predictions are the decoder's everywhere.
 */
@final
export class AdaptiveBits {
  /** By context: the fast estimate in the high 16 bits, the slow one in the low 16. */
  private readonly estimates: StaticArray<u32>;

  constructor(
    private readonly coder: ArithmeticCoder,
    contexts: i32,
  ) {
    this.estimates = new StaticArray<u32>(contexts).fill(EVEN);
  }

  /** Codes a bit: returns it, or in a decoder the bit that is read. */
  @inline
  code(context: i32, bit: i32): i32 {
    const estimate = unchecked(this.estimates[context]);
    let fast = estimate >> 16;
    let slow = estimate & 0xffff;
    const found = this.coder.code(bit, min<u32>(max<u32>((fast + slow) >> 1, 16), 0xffff - 15));
    if (found == 1) {
      fast += (0xffff - fast) >> FAST;
      slow += (0xffff - slow) >> SLOW;
    } else {
      fast -= fast >> FAST;
      slow -= slow >> SLOW;
    }
    unchecked((this.estimates[context] = (fast << 16) | slow));
    return found;
  }
}
