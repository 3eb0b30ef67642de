/**
 * The numbers below `count`, at most `most` of them, in the order of their reversed bits (van der Corput sequence): every
 * beginning is spread evenly over them, so that fewer are from all over a list, too, and among more.
 */
export function spreadOrder(count: number, most = count): readonly number[] {
  const bits = Math.ceil(Math.log2(Math.max(2, count)));
  const order: number[] = [];
  for (let nth = 0; nth < 2 ** bits && order.length < most; nth++) {
    let place = 0;
    for (let bit = 0; bit < bits; bit++) place += ((nth >> bit) & 1) * 2 ** (bits - 1 - bit);
    if (place < count) order.push(place);
  }
  return order;
}
