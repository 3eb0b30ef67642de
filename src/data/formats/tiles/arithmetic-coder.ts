/**
 * Codes binary decisions, one at a time, in as many bits as they are surprising. An encoder writes the bit that it is
 * given and returns it; a decoder ignores that and returns the bit that it reads.
 */
export interface BitCoder {
  /** `probability` that the bit is 1, in 1/65536, from 1 to 65535. */
  code(bit: number, probability: number): number;
}

/** The part of the interval [low, high] of 32-bit numbers below which a 1 lies. */
function split(low: number, high: number, probability: number): number {
  const range = high - low;
  return low + (range >>> 16) * probability + (((range & 0xffff) * probability) >>> 16);
}

/** Carryless binary arithmetic encoder, as in Mahoney's lpaq. */
export class ArithmeticEncoder implements BitCoder {
  readonly #bytes: number[] = [];
  #low = 0;
  #high = 0xffffffff;

  code(bit: number, probability: number): number {
    const middle = split(this.#low, this.#high, probability);
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    // Leading bytes that both ends share are final.
    while ((this.#low ^ this.#high) >>> 24 === 0) {
      this.#bytes.push(this.#high >>> 24);
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 255) >>> 0;
    }
    return bit;
  }

  /** All bytes; nothing can be coded afterwards. */
  finish(): Uint8Array {
    for (const shift of [24, 16, 8, 0]) this.#bytes.push((this.#low >>> shift) & 255);
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what an `ArithmeticEncoder` wrote; behind the end of the bytes it reads zeros. */
export class ArithmeticDecoder implements BitCoder {
  readonly #bytes: Uint8Array;
  #at = 4;
  #low = 0;
  #high = 0xffffffff;
  #value: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#value = [0, 1, 2, 3].reduce((value, at) => ((value << 8) | (bytes[at] ?? 0)) >>> 0, 0);
  }

  code(_: number, probability: number): number {
    const middle = split(this.#low, this.#high, probability);
    const bit = this.#value <= middle ? 1 : 0;
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    while ((this.#low ^ this.#high) >>> 24 === 0) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 255) >>> 0;
      this.#value = ((this.#value << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
    }
    return bit;
  }
}
