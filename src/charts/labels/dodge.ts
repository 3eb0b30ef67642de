interface Pool {
  sum: number;
  count: number;
}

/**
 * Places on a line pushed at least `gap` apart, each as near as can be to where it was: least squares, order kept.
 * All stay between `low` and `high`; where there are too many, they share the room evenly.
 */
export function dodge(places: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const room = places.length > 1 ? (high - low) / (places.length - 1) : gap;
  const apart = Math.min(gap, room);
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);

  // Less its share of the stack, each place must only not pass the next: isotonic regression, by pooling neighbours.
  const pools: Pool[] = [];
  order.forEach((at, rank) => {
    let pool: Pool = { sum: (places[at] ?? 0) - rank * apart, count: 1 };
    for (let above = pools.at(-1); above && above.sum / above.count > pool.sum / pool.count; above = pools.at(-1)) {
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  });

  const last = high - (places.length - 1) * apart;
  const moved = [...places];
  let rank = 0;
  for (const { sum, count } of pools) {
    const place = Math.max(low, Math.min(sum / count, last));
    for (let i = 0; i < count; i++, rank++) moved[order[rank] ?? 0] = place + rank * apart;
  }
  return moved;
}
