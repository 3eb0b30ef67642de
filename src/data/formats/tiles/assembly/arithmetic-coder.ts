/**
 * A carryless binary arithmetic coder, as in Mahoney's lpaq: codes binary decisions, one at a time, in as many bits as
 * they are surprising. It writes or reads the bytes from `start` to `end`; behind the end it reads zeros.
 */
@final
export class ArithmeticCoder {
  private low: u32 = 0;
  private high: u32 = 0xffffffff;
  private value: u32 = 0;
  private at: usize;

  constructor(
    private readonly encodes: bool,
    private readonly start: usize,
    private readonly end: usize,
  ) {
    this.at = start;
    if (!encodes) for (let nth = 0; nth < 4; nth++) this.value = (this.value << 8) | this.next();
  }

  /**
   * Writes the bit that it is given and returns it; a decoder ignores that and returns the bit that it reads.
   * `probability` that the bit is 1, in 1/65536, from 1 to 65535.
   */
  @inline
  code(bit: i32, probability: u32): i32 {
    const range = this.high - this.low;
    const middle = this.low + (range >> 16) * probability + (((range & 0xffff) * probability) >> 16);
    const found: i32 = this.encodes ? bit : i32(this.value <= middle);
    if (found == 1) this.high = middle;
    else this.low = middle + 1;
    // Leading bytes that both ends share are final.
    while ((this.low ^ this.high) >> 24 == 0) {
      if (this.encodes) store<u8>(this.at++, this.high >> 24);
      else this.value = (this.value << 8) | this.next();
      this.low <<= 8;
      this.high = (this.high << 8) | 255;
    }
    return found;
  }

  /** Writes what is left and returns the number of all bytes; nothing can be coded afterwards. */
  finish(): i32 {
    for (let shift = 24; shift >= 0; shift -= 8) store<u8>(this.at++, this.low >> shift);
    return <i32>(this.at - this.start);
  }

  private next(): u32 {
    return this.at < this.end ? load<u8>(this.at++) : 0;
  }
}
