/** The part of a 2D canvas context, on the page or in a worker, that is needed to test it. */
export type ReadableContext = Pick<
  OffscreenCanvasRenderingContext2D,
  'createImageData' | 'putImageData' | 'getImageData'
>;

/** Pixels a side of the picture that is drawn: some browsers put noise into few pixels only. */
export const PROBED = 128;

/**
 * Whether what is drawn on a canvas of at least 128 by 128 pixels is what is read from it. Browsers that guard privacy
 * (Firefox and Tor Browser with `resistFingerprinting`, Brave) put noise into it, or give back white.
 */
export function readsBackTrue(context: ReadableContext): boolean {
  const drawn = context.createImageData(PROBED, PROBED);
  // Opaque, so that no browser rounds: every colour that a byte can be, no two pixels side by side alike.
  for (let at = 0; at < drawn.data.length; at++) drawn.data[at] = at % 4 === 3 ? 255 : (at * 73 + (at >> 9) * 31) % 256;
  context.putImageData(drawn, 0, 0);
  const read = context.getImageData(0, 0, PROBED, PROBED);
  return drawn.data.every((value, at) => read.data[at] === value);
}
