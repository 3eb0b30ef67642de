/**
 * Plays the chapters of the lesson on the engine in Node, with three seeds, and prints each chapter's quantities with
 * their bands. Exits with 1 where a mean lies outside its band. `npm run lesson -- --chapters 1 3 --pace short`.
 */
import '../src/language/speak-english.ts';
import { Command, Option } from 'commander';
import { parseCount } from '../bench/parse-count.ts';
import type { Report } from '../src/core/results/report.ts';
import { createInsightClient } from '../src/features/insight/insight-client.ts';
import { createLab, type Lab } from '../src/features/lab/lab.ts';
import { type Band, type Chapter, isIn } from '../src/features/lesson/chapter.ts';
import { chaptersOf } from '../src/features/lesson/chapters/chapters.ts';
import type { Pace } from '../src/features/lesson/chapters/pace.ts';
import { createLesson, type Lesson } from '../src/features/lesson/lesson.ts';
import { createSlowMotion } from '../src/features/slow-motion/slow-motion.ts';
import { local } from '../src/testing/local-worker.ts';
import type { TrainingApi } from '../src/workers/training/api.ts';
import { Session } from '../src/workers/training/session.ts';
import { EMOJI_FOLDER, readFolder } from './data/files.ts';

const PACES = ['full', 'short'] as const satisfies readonly Pace[];
const NUMBERS = chaptersOf('full').map(({ number }) => String(number));

const program = new Command('lesson')
  .description('Plays the chapters of the lesson, and compares what was measured with their bands.')
  .addOption(new Option('--seeds <k>', 'plays with the seeds 1 to k').argParser(parseCount).default(3))
  .addOption(new Option('--chapters <numbers...>', 'only these').choices(NUMBERS).default(NUMBERS, 'all'))
  .addOption(new Option('--pace <name>', 'the length of the chapters').choices(PACES).default('full'))
  .parse();
const options = program.opts<{ seeds: number; chapters: readonly string[]; pace: Pace }>();
const SEEDS = Array.from({ length: options.seeds }, (_, index) => index + 1);
const PACE = options.pace;
const chapters = chaptersOf(PACE).filter(({ number }) => options.chapters.includes(String(number)));

const read = readFolder(EMOJI_FOLDER);
const lab = createLab(
  ({ onEvent }) => local<TrainingApi, Report>((emit) => new Session({ emit, read }), onEvent),
  'wasm',
);
const insight = createInsightClient(lab.store, lab);
const slowMotion = createSlowMotion(lab);
const lesson: Lesson = createLesson({
  lab,
  insight,
  slowMotion,
  storage: null,
  playsAtOnce: () => false,
  goTo: (section) => lesson.reach(section),
});

/** Opens a chapter's race with a seed, does all its deeds, and gives what was measured. */
async function play(chapter: Chapter, seed: number): Promise<Readonly<Record<string, number>>> {
  lesson.begin(chapter.number, PACE);
  const { experiment } = chapter.start ?? { experiment: lab.store.getState().experiment };
  await lab.open({ ...experiment, recipe: { ...experiment.recipe, seed } });
  while (lesson.store.getState().position.type !== 'outcome') {
    await lesson.showMe();
    await rest(lab);
  }
  return lesson.store.getState().outcomes.get(chapter.number)?.values ?? {};
}

/** Resolves when nothing trains and nothing is measured, and what follows from that has begun. */
async function rest({ store }: Lab): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 20));
  while (store.getState().training || store.getState().opening !== null || lesson.store.getState().measuring);
}

let misses = 0;
console.log(['chapter', 'quantity', ...SEEDS.map((seed) => `seed ${seed}`), 'mean', 'band', ''].join('\t'));
for (const chapter of chapters) {
  const runs: Readonly<Record<string, number>>[] = [];
  for (const seed of SEEDS) runs.push(await play(chapter, seed));
  for (const quantity of Object.keys(chapter.quantities)) {
    const values = runs.map((run) => run[quantity] ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    const bands = chapter.bands.filter((band) => band.quantity === quantity);
    const isMissed = bands.some((band) => !isIn(band, mean));
    if (isMissed) misses += 1;
    const verdict = bands.length === 0 ? '' : isMissed ? 'OUTSIDE' : 'inside';
    const cells = [...values, mean].map((value) => value.toFixed(2));
    console.log([chapter.number, quantity, ...cells, bands.map(shown).join(' '), verdict].join('\t'));
  }
}
process.exit(misses > 0 ? 1 : 0);

function shown({ from, to }: Band): string {
  if (from === undefined) return `< ${to?.toFixed(2)}`;
  return to === undefined ? `>= ${from}` : `${from.toFixed(2)} to ${to.toFixed(2)}`;
}
