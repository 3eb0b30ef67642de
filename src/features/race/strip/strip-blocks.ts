import type { StripBlock } from './Strip.tsx';

/**
 * The state of every shortcut of a lane.
 *
 * @param gains - by block
 * @param planned - by block, the gain that later surgery gives it, or null
 * @param pending - blocks, counted from 1, whose new gain no report has confirmed
 * @param chosen - the block that is chosen for Look inside, or null
 */
export function stripBlocks(
  gains: readonly number[],
  planned: readonly (number | null)[],
  pending: readonly number[],
  chosen: number | null,
): readonly StripBlock[] {
  return gains.map((gain, index) => {
    const block = index + 1;
    const settled = gain === 0 ? 'off' : gain === 1 ? 'on' : 'partial';
    return {
      index: block,
      gain,
      planned: planned[index] ?? null,
      chosen: chosen === block,
      state: pending.includes(block) ? 'pending' : settled,
    };
  });
}
