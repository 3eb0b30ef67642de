/** Throttles progress: passes `fraction` (0 .. 1) on at most once per percent. */
export function rarely(onProgress: (fraction: number) => void): (fraction: number) => void {
  let told = -1;
  return (fraction) => {
    if (Math.floor(fraction * 100) === told) return;
    told = Math.floor(fraction * 100);
    onProgress(fraction);
  };
}
