import type { Emoji } from './unicode.ts';

const [ADULT, CHILD, ELDER] = ['1f9d1', '1f9d2', '1f9d3'];
/** Drawings that differ in age or gender alone, under one code point. */
const SAME: Readonly<Record<string, string>> = {
  ...{ '1f468': ADULT, '1f469': ADULT, '1f466': CHILD, '1f467': CHILD, '1f474': ELDER, '1f475': ELDER },
  // A person with a crown, prince and princess; Santa and Mrs. Claus; dancers; pregnant persons; pairs that hold hands.
  ...{ '1f934': '1fac5', '1f478': '1fac5', '1f385': '1f936', '1f57a': '1f483', '1f930': '1fac4', '1fac3': '1fac4' },
  ...{ '1f46c': '1f46b', '1f46d': '1f46b' },
};
/** Emoji of one code point that are also drawn as a sequence of persons: a couple, a kiss, holding hands, Mx Claus. */
const SEQUENCES: Readonly<Record<string, string>> = {
  [`${ADULT}-2764-${ADULT}`]: '1f491',
  [`${ADULT}-2764-1f48b-${ADULT}`]: '1f48f',
  [`${ADULT}-1f91d-${ADULT}`]: '1f46b',
  [`${ADULT}-1f384`]: '1f936',
};
/** Zero-width joiner, signs of gender, hair, skin tones, and the arrow of persons who face right. */
const VARIES = /^(200d|2640|2642|1f9b[0-3]|1f3f[b-f]|27a1)$/;

/**
 * What an emoji is without gender, skin tone, hair, direction and profession: the code points that all its variants share.
 * All families are one, and so are persons of all professions.
 */
export function kinOf(points: string): string {
  const kept = points
    .split('-')
    .filter((point) => !VARIES.test(point))
    .map((point) => SAME[point] ?? point);
  const sequence = SEQUENCES[kept.join('-')];
  if (sequence !== undefined) return sequence;
  if (kept.length > 1 && kept.every((point) => point === ADULT || point === CHILD)) return '1f46a';
  // A person and the sign of what they do: a scale, a stove, a rocket.
  if (kept.length === 2 && kept[0] === ADULT) return ADULT;
  return kept.join('-');
}

/**
 * The number of each emoji's family: emoji of one `kinOf`, and those that `alike` says are drawn nearly alike, with all
 * theirs. Families are numbered by their first emoji.
 */
export function familiesOf(emoji: readonly Emoji[], alike: readonly (readonly [number, number])[]): readonly number[] {
  const parents = emoji.map((_, number) => number);
  const rootOf = (number: number): number => {
    const parent = parents[number] ?? number;
    return parent === number ? number : rootOf(parent);
  };
  const join = (a: number, b: number) => {
    const [first, second] = [rootOf(a), rootOf(b)].sort((one, other) => one - other);
    if (first !== undefined && second !== undefined) parents[second] = first;
  };
  const first = new Map<string, number>();
  for (const [number, { points }] of emoji.entries()) {
    const kin = kinOf(points);
    join(first.get(kin) ?? number, number);
    first.set(kin, first.get(kin) ?? number);
  }
  for (const [a, b] of alike) join(a, b);
  return emoji.map((_, number) => rootOf(number));
}
