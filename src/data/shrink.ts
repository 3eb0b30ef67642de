/**
 * Square RGB images [count, from, from, 3] made smaller, [count, to, to, 3]: each byte is the mean of a square of
 * (from / to)^2 bytes, rounded half up. `to` must divide `from`; if they are equal the same array comes back.
 */
export function shrink(images: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return images;
  const factor = from / to;
  const area = factor * factor;
  const rowBytes = from * 3;
  // The rows of all images lie one below the other, and `to` divides them evenly: they shrink as one tall image.
  const rows = images.length / rowBytes / factor;
  const small = new Uint8Array(rows * to * 3);
  const sums = new Uint32Array(to * 3);
  for (let row = 0; row < rows; row++) {
    sums.fill(area >> 1);
    for (let line = row * factor; line < (row + 1) * factor; line++) addLine(sums, images, line * rowBytes, factor);
    for (let i = 0; i < sums.length; i++) small[row * sums.length + i] = (sums[i] ?? 0) / area;
  }
  return small;
}

/** Adds each run of `factor` neighbouring pixels of the line at `offset` to its sum. */
function addLine(sums: Uint32Array, images: Uint8Array, offset: number, factor: number): void {
  let at = offset;
  for (let i = 0; i < sums.length; i += 3) {
    for (let pixel = 0; pixel < factor; pixel++) {
      sums[i] = (sums[i] ?? 0) + (images[at++] ?? 0);
      sums[i + 1] = (sums[i + 1] ?? 0) + (images[at++] ?? 0);
      sums[i + 2] = (sums[i + 2] ?? 0) + (images[at++] ?? 0);
    }
  }
}
