import { say } from '../../language/say.ts';

/** The gains of a net's shortcuts, block by block; or that they concatenate, and have none. */
export type Shortcuts = readonly number[] | 'concatenated';

/** How many shortcuts a net has: "none", "all 15", "10 of 15". */
export function shortcutsText(shortcuts: Shortcuts): string {
  if (shortcuts === 'concatenated') return say('race.concatenated');
  return shortcutCount(numberOn(shortcuts), shortcuts.length);
}

/** The same of the number that are on. */
export function shortcutCount(on: number, blocks: number): string {
  if (on === 0) return say('race.none');
  return on === blocks ? say('race.all', { blocks }) : say('race.some', { on, blocks });
}

/** What a net has whose shortcuts were changed by hand: "all on", "10 of 15 on". */
export function gainsText(gains: readonly number[]): string {
  const [first = 0] = gains;
  if (gains.some((gain) => gain !== first)) return say('charts.someOn', { on: numberOn(gains), blocks: gains.length });
  if (first === 0) return say('charts.allOff');
  return first === 1 ? say('charts.allOn') : say('charts.allAt', { gain: first });
}

/** How many of these gains are those of shortcuts that are on. */
export function numberOn(gains: readonly number[]): number {
  return gains.filter((gain) => gain !== 0).length;
}
