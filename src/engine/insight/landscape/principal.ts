/** Eigenvalues of a symmetric matrix [n][n] in falling order, each with its eigenvector: Jacobi's rotations. */
export function eigen(
  matrix: readonly (readonly number[])[],
): readonly { readonly value: number; readonly vector: readonly number[] }[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = matrix.map((_, row) => matrix.map((_, column) => (row === column ? 1 : 0)));
  const at = (m: readonly (readonly number[])[], row: number, column: number) => m[row]?.[column] ?? 0;
  const put = (m: number[][], row: number, column: number, value: number) => {
    const line = m[row];
    if (line !== undefined) line[column] = value;
  };
  const scale = Math.max(...a.map((row, index) => Math.abs(row[index] ?? 0)), Number.MIN_VALUE);
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = at(a, p, q);
        rest = Math.max(rest, Math.abs(off));
        if (off === 0) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [left, right] = [at(a, k, p), at(a, k, q)];
          put(a, k, p, c * left - s * right);
          put(a, k, q, s * left + c * right);
        }
        for (let k = 0; k < n; k++) {
          const [upper, lower] = [at(a, p, k), at(a, q, k)];
          put(a, p, k, c * upper - s * lower);
          put(a, q, k, s * upper + c * lower);
          const [left, right] = [at(v, k, p), at(v, k, q)];
          put(v, k, p, c * left - s * right);
          put(v, k, q, s * left + c * right);
        }
      }
    }
    if (rest <= 1e-14 * scale) break;
  }
  const pairs = matrix.map((_, index) => ({ value: at(a, index, index), vector: v.map((row) => row[index] ?? 0) }));
  return pairs.toSorted((one, other) => other.value - one.value);
}
