import { sentencesJoined } from '../../../language/joining.ts';
import { parts, say } from '../../../language/say.ts';
import { tagged } from '../story/claim.ts';
import type { RaceStory } from '../story/story.ts';
import { areApart, type CureRow, cureVerdict, SEEDS_FOR_VERDICT, standing, type Walls, wirelessCure } from './cures.ts';

interface Progress {
  readonly step: number;
  readonly until: number;
  /** Whether all seeds that were asked for have come to the end. */
  readonly ended: boolean;
}

/** What the nets between the walls show so far; no net is called a cure below three seeds. */
export function cureStory(
  rows: readonly CureRow[],
  walls: Walls,
  progress: Progress,
): Pick<RaceStory, 'parts' | 'caveat'> {
  const { step, until, ended } = progress;
  const cure = wirelessCure(rows, walls);
  const isStrong = { b: { strong: true } } as const;
  const names = { ...isStrong, r: { lane: walls.residual, strong: true }, l: { lane: cure?.name ?? '', strong: true } };
  const caveat = (text: string) => [{ text }];
  if (step === 0)
    return { parts: tagged(parts('cures.waiting'), isStrong), caveat: caveat(say('cures.caveat', { steps: until })) };
  if (!ended)
    return {
      parts: [{ text: say('cures.underway', { step, until }) }],
      caveat: caveat(say('cures.caveat', { steps: until })),
    };
  const seeds = Math.min(...rows.map((row) => row.seeds));
  const told = say('cures.caveat', { steps: until });
  const honest = caveat(told);
  if (seeds < SEEDS_FOR_VERDICT)
    return {
      parts: tagged(parts('cures.fewSeeds', { had: seeds, seeds: SEEDS_FOR_VERDICT }), isStrong),
      caveat: honest,
    };
  const both = standing(rows, walls);
  if (both !== null && !areApart(both)) return { parts: tagged(parts('cures.overlap'), isStrong), caveat: honest };
  if (both === null || !rows.some(({ isWall, hasWire, isOfWalls }) => !isWall && !hasWire && isOfWalls))
    return { parts: [{ text: say('cures.sorted') }], caveat: honest };
  if (cure === undefined)
    return { parts: tagged(parts('cures.notFound', { residual: walls.residual }), names), caveat: honest };
  const several = rows.filter((row) =>
    ['beyond', 'reaches', 'close'].includes(cureVerdict(row, rows, walls) ?? ''),
  ).length;
  return {
    parts: tagged(parts('cures.found', { name: cure.name, residual: walls.residual }), names),
    caveat: several > 1 ? caveat(sentencesJoined([say('cures.shared'), told])) : honest,
  };
}
