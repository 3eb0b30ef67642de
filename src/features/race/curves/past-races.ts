import { meanOverSeeds, type SeedRace, seedCount } from '../../../charts/series/seeds.ts';
import type { Mark, Series } from '../../../charts/series/series.ts';
import { byRepeats, differences, oneEachSeed, reachOf, type Trait } from '../../../core/experiment/comparison.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { branchStep } from '../../../core/experiment/lineage.ts';
import type { EvidenceRecord } from '../../../core/results/evidence.ts';
import type { SavedRun } from '../../../core/results/run.ts';
import { say } from '../../../language/say.ts';
import { netFacts } from '../../lab/net-facts.ts';
import { ghostNets } from '../../records/ghost.ts';
import { ghostName } from '../../records/records.ts';
import { differenceName } from '../../runs/saved-runs.ts';
import { marksOf } from './marks.ts';

/** A run, or several seeds of one, that the live race is compared with. */
export interface PastRace {
  /** The letter before the names of its nets. */
  readonly tag: string;
  /** As a person called it, else what makes it different from the live race. */
  readonly name: string;
  /** None of a record, whose steps are not kept one by one. */
  readonly runs: readonly SavedRun[];
  readonly series: readonly Series[];
  /** What happened to it; of a record alone. */
  readonly marks?: readonly Mark[];
}

const A = 'A'.charCodeAt(0);
const LETTERS = 26;

/** These runs, as they are drawn behind the live race; those that differ in their seeds alone as one. */
export function pastRaces(runs: readonly SavedRun[], live: Experiment): readonly PastRace[] {
  return byRepeats(runs)
    .flatMap(racesOf)
    .map((race, index) => {
      const tag = tagOf(index);
      return { tag, name: nameOf(race, live), runs: race.runs, series: pastSeries(race.series, tag) };
    });
}

/** Series of an earlier race, named and drawn as such. */
function pastSeries(series: readonly Series[], tag: string): readonly Series[] {
  return series.map(({ id, name, ...rest }) => ({ ...rest, id: `${tag}/${id}`, name: `${tag} ${name}`, past: true }));
}

function tagOf(index: number): string {
  return index < LETTERS ? String.fromCharCode(A + index) : String(index + 1);
}

/** A record as it is drawn behind the live race and `before` others, with its events that this race has not, too. */
export function recordedRace(record: EvidenceRecord, live: Experiment, before: number): PastRace {
  const tag = tagOf(before);
  const nets = ghostNets(record, live);
  const own = new Set(marksOf(live, live.until).map(({ step }) => step));
  const marks = marksOf(record.experiment, record.experiment.until)
    .filter(({ step }) => !own.has(step))
    .map((mark) => ({ ...mark, text: `${tag} ${mark.text}`, past: true }));
  const recorded = nets.map((net) => net.series);
  return { tag, name: ghostName(record, nets, live), runs: [], series: pastSeries(recorded, tag), marks };
}

interface Race {
  readonly runs: readonly SavedRun[];
  readonly series: readonly Series[];
}

function racesOf(runs: readonly SavedRun[]): readonly Race[] {
  const seeds = oneEachSeed(runs);
  const means = meanOverSeeds(seeds.map(seedRaceOf));
  if (means.length > 0) return [{ runs: seeds, series: means }];
  return runs.map((run) => ({ runs: [run], series: seedRaceOf(run).lanes }));
}

function nameOf({ runs, series }: Race, live: Experiment): string {
  const [first] = runs;
  if (first === undefined) return '';
  const seeds = seedCount(series);
  const among = (trait: Trait) => seeds === 0 || trait !== 'seed';
  const isSame = !differences(live, first.experiment).some(among);
  if (seeds > 0 && isSame && first.name === null) return say('runs.seedsOfThis', { seeds });
  const own = first.name ?? differenceName(live, first.experiment, among);
  return seeds === 0 ? own : say('runs.ofSeeds', { name: own, seeds });
}

/** The live race, of a seed, and its repeats, each seed once; where a run of its seed has come further, that for it. */
export function withRepeats(live: SeedRace, seed: number, repeats: readonly SavedRun[]): readonly SeedRace[] {
  const isOwn = (run: SavedRun) => run.experiment.recipe.seed === seed;
  const kept = oneEachSeed(repeats.filter((run) => !isOwn(run) || reachOf(run) > live.step));
  return [...(kept.some(isOwn) ? [] : [live]), ...kept.map(seedRaceOf)];
}

/** Whether a live race, of a seed, and its repeats have means: where two seeds have made a step. `begun`: whether the live race has. */
export function haveMeans(begun: boolean, seed: number, repeats: readonly SavedRun[]): boolean {
  const kept = repeats.filter((run) => reachOf(run) >= 1).map((run) => run.experiment.recipe.seed);
  return new Set(begun ? [seed, ...kept] : kept).size > 1;
}

/** A kept run as one seed of several. */
export function seedRaceOf(run: SavedRun): SeedRace {
  const lanes = run.curves.flatMap(({ lane, errors, tests, divergedAt }): Series[] => {
    const spec = run.experiment.lanes.find(({ name }) => name === lane);
    if (spec === undefined) return [];
    return [
      {
        ...netFacts(run.experiment, spec, errors.length),
        id: `${run.id}/${lane}`,
        name: lane,
        errors,
        steps: errors.length,
        tests,
        branchedAt: branchStep(spec) || undefined,
        diverged: divergedAt ?? undefined,
      },
    ];
  });
  return { step: reachOf(run), lanes };
}
