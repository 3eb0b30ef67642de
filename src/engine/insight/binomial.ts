/** C(n, k): how many ways there are to choose k of n. Exact up to 2^53. */
export function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) product = (product * (n - i + 1)) / i;
  return k < 0 || k > n ? 0 : product;
}

/** Every choice of k out of the items, in their order. */
export function combinations<T>(items: readonly T[], k: number): readonly (readonly T[])[] {
  if (k === 0) return [[]];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), k - 1).map((rest) => [item, ...rest]));
}
