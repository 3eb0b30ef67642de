/** The `count` channels with the largest variance over the pixels, ascending; values are [pixels, channels] flat. */
export function liveliest(values: ArrayLike<number>, channels: number, count: number): readonly number[] {
  const places = values.length / channels;
  const variances = Array.from({ length: channels }, (_, channel) => {
    let [sum, squares] = [0, 0];
    for (let at = channel; at < values.length; at += channels) {
      const value = values[at] ?? 0;
      sum += value;
      squares += value * value;
    }
    return { channel, variance: squares / places - (sum / places) ** 2 };
  });
  const chosen = variances.sort((a, b) => b.variance - a.variance).slice(0, count);
  return chosen.map(({ channel }) => channel).sort((a, b) => a - b);
}
