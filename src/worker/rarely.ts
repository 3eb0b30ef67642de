/** Tells at most every hundredth part of the way. */
export function rarely(onProgress: (fraction: number) => void): (fraction: number) => void {
  let told = -1;
  return (fraction) => {
    if (Math.floor(fraction * 100) === told) return;
    told = Math.floor(fraction * 100);
    onProgress(fraction);
  };
}
