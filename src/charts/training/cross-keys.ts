/** Where a key takes the crosshair: a step, null for nowhere, undefined where the key means nothing to it. */
export function crossAfterKey(
  key: string,
  far: boolean,
  cross: number | null,
  last: number,
): number | null | undefined {
  const by = (steps: number) => Math.max(1, Math.min(last, (cross ?? last) + steps));
  const stride = far ? 10 : 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return cross === null ? last : by(stride);
    case 'ArrowLeft':
    case 'ArrowDown':
      return cross === null ? last : by(-stride);
    case 'PageUp':
      return by(Math.ceil(last / 10));
    case 'PageDown':
      return by(-Math.ceil(last / 10));
    case 'Home':
      return 1;
    case 'End':
      return last;
    case 'Escape':
      return cross === null ? undefined : null;
    default:
      return undefined;
  }
}
