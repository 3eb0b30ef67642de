import { Command } from 'commander';
import * as v from 'valibot';
import { IMAGE_SIZES, USUAL_SIZES } from '../../src/core/data/images.ts';
import { LIMITS } from '../../src/core/experiment/limits.ts';
import { DEFAULT_PRESET, PRESET_NAMES } from '../../src/core/experiment/presets.ts';
import { MEANS } from '../../src/core/experiment/recipe.ts';
import { quote } from '../../src/core/quote.ts';
import { LESION_KINDS } from '../../src/core/results/lesion.ts';
import { MOST_RUNS_IN_FILE } from '../../src/core/results/run-file.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { LANGUAGES } from '../../src/language/languages.ts';
import { oneOf, parseCommandLine, whole } from './command-line.ts';
import { LabError } from './error.ts';
import { BACKEND_CHOICES } from './jobs.ts';

/** Before a folder of CIFAR-10, which is then the experiment's own source and not images of a person's. */
const CIFAR = 'cifar10-bin=';
const data = v.pipe(
  v.string(),
  v.check((value) => value !== '' && value !== CIFAR, 'it names no file and no folder'),
  v.transform((value) =>
    value.startsWith(CIFAR)
      ? ({ source: 'cifar10', path: value.slice(CIFAR.length) } as const)
      : ({ source: 'own', path: value } as const),
  ),
);

const size = v.pipe(
  v.string(),
  v.transform(Number),
  v.picklist(IMAGE_SIZES, ({ input }) => `${input} is not one of ${IMAGE_SIZES.join(', ')}`),
);

/** "all", or some of the names with commas between them. */
function some<const Names extends readonly string[]>(names: Names) {
  return v.pipe(
    v.string(),
    v.transform((value) => (value === 'all' ? [...names] : value.split(','))),
    v.array(v.picklist(names, ({ input }) => `${quote(input)} is not all or one of ${names.join(', ')}`)),
  );
}

/** Whole numbers with commas between them. */
function wholes(max: number) {
  return v.pipe(
    v.string(),
    v.transform((value) => value.split(',')),
    v.array(whole(max)),
  );
}

const optionsSchema = v.object({
  preset: oneOf(PRESET_NAMES),
  experiment: v.optional(v.string()),
  steps: v.optional(whole(LIMITS.steps.max)),
  seeds: whole(1000),
  jobs: whole(64),
  trbEvery: v.optional(whole(LIMITS.steps.max)),
  trbAt: v.optional(wholes(LIMITS.steps.max)),
  backend: oneOf(BACKEND_CHOICES),
  task: v.optional(oneOf(['designer', 'group'])),
  size: v.optional(size),
  data: v.optional(data),
  set: v.optional(v.string()),
  level: v.optional(whole(100)),
  preview: v.optional(v.boolean(), false),
  mean: v.optional(oneOf(MEANS)),
  lesion: v.optional(some(LESION_KINDS)),
  random: v.optional(whole(LIMITS.depth.max)),
  probe: v.optional(some(PROBE_NAMES)),
  json: v.optional(v.string()),
  lang: v.optional(oneOf(LANGUAGES)),
});

/** Parsed options of the command line. */
export type LabOptions = v.InferOutput<typeof optionsSchema>;

/** An option that would do nothing, since what it is about is not there; null where there is none. */
function idleOption({ data, preview, set, level, lesion, random }: LabOptions) {
  const ownData = { about: 'images of your own, --data PATH', isThere: data?.source === 'own' };
  const given = [
    { option: 'preview', isGiven: preview, ...ownData },
    { option: 'set', isGiven: set !== undefined, ...ownData },
    { option: 'level', isGiven: level !== undefined, ...ownData },
    { option: 'random', isGiven: random !== undefined, about: '--lesion KINDS', isThere: lesion !== undefined },
  ];
  return given.find(({ isGiven, isThere }) => isGiven && !isThere) ?? null;
}

function command(): Command {
  return new Command('lab')
    .description('Trains an experiment of the playground, with the same engine, in the terminal.')
    .option('--preset <name>', `one of ${PRESET_NAMES.join(', ')}`, DEFAULT_PRESET)
    .option('--experiment <file>', 'an experiment as JSON instead of a preset')
    .option('--steps <n>', "steps of training (default: the experiment's)")
    .option('--seeds <k>', 'trains with the seeds 1 to k', '1')
    .option('--jobs <n>', 'seeds that are trained at the same time', '1')
    .option('--backend <name>', `one of ${BACKEND_CHOICES.join(', ')}`, 'auto')
    .option('--task <name>', 'sorts the emoji by designer or by group')
    .option('--size <pixels>', `height and width of the images: ${USUAL_SIZES.join(', ')}; your own also 48, 64`)
    .option('--data <path>', `your own images: a folder, zip, tar, IDX or Parquet file; or ${CIFAR}folder of CIFAR-10`)
    .option('--set <name>', 'which data set, where the path holds several')
    .option('--level <n>', 'which level of folders the classes are, where it is not as --preview says')
    .option('--preview', 'prints as JSON what would be read of --data, and trains nothing')
    .option('--mean <of>', `subtracts the training images' mean of each: ${MEANS.join(' or ')}`)
    .option('--trb-every <n>', 'measures trb every n steps, too, and not only at the end')
    .option('--trb-at <steps>', 'measures trb after these steps, too, such as 300,301,320')
    .option('--lesion <kinds>', `sweeps the trained nets with these lesions: all, or of ${LESION_KINDS.join(',')}`)
    .option('--random <most>', 'and with several of these lesions at once, at random, up to this number')
    .option('--probe <names>', `measures before the first step and at the end: all, or of ${PROBE_NAMES.join(',')}`)
    .option('--json <file>', 'writes everything that was measured to this file')
    .option('--lang <name>', 'the language of the table: en or zh (default: by LC_ALL or LANG)');
}

/** The options after the name of the program, or null where help was asked for and given. Throws a `LabError`. */
export function parseOptions(argv: readonly string[]): LabOptions | null {
  const parsed = parseCommandLine(command(), optionsSchema, argv);
  if (parsed === null) return null;
  const idle = idleOption(parsed.options);
  if (idle !== null) throw new LabError(`--${idle.option}: it is about ${idle.about}; give that, too`);
  const { seeds, json } = parsed.options;
  if (json !== undefined && seeds > MOST_RUNS_IN_FILE) {
    throw new LabError(
      `--seeds: ${seeds} runs are more than the page opens in a file, ${MOST_RUNS_IN_FILE}; leave --json out`,
    );
  }
  return parsed.options;
}
