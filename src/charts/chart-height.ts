import { MANY } from './labels/many.ts';

/** The height that both figures share, from the window's size and the number of lanes. */
export function chartHeight(windowWidth: number, windowHeight: number, lanes: number): number {
  if (windowWidth <= 640) return 300;
  if (lanes > MANY) return 384;
  return windowHeight > 1000 ? 436 : 372;
}
