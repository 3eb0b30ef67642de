/** The words around the camera. */
export const CAMERA = {
  open: 'Use the camera',
  title: 'Camera',
  seen: 'What the camera sees',
  take: 'Take a picture',
  live: 'Live',
  liveAbout: 'Asks the net about one picture after the other',
  slow: (milliseconds: number) =>
    `At ${(milliseconds / 1000).toFixed(1)} s an image this net is too slow to be asked live; take a picture.`,
  close: 'Close the camera',
  picture: 'picture of the camera',
  starting: 'The camera is starting',
  hidden: 'Pictures stay in this page, and the camera stops when you leave it.',
} as const;

/** Why there is no picture, and what can be done. `cause`: what the browser rejected with. */
export function cameraProblem(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'camera: this page may not use it; allow it in the browser’s settings for this page, then try again';
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'camera: none is there; connect one, or choose an image';
  if (name === 'NotReadableError' || name === 'AbortError')
    return 'camera: it does not start; another program may be using it';
  return `camera: this browser offers none here (${cause instanceof Error ? cause.message || name : String(cause)}); choose an image`;
}
