import { buildGraph } from '../../core/net/graph.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { Runner } from './runner.ts';
import { StepNotes } from './step-notes.ts';
import type { StepWatch } from './step-watch.ts';

/**
 * Runs `round` with an observer on each lane, and resolves with what they recorded. Lanes without a step are left out.
 */
export async function slowRound(
  round: (watch: (runner: Runner) => StepWatch) => void,
  { size, classes }: Pick<RaceData, 'size' | 'classes'>,
): Promise<SlowRound> {
  const noted: { readonly runner: Runner; readonly notes: StepNotes }[] = [];
  try {
    round((runner) => {
      const notes = new StepNotes(buildGraph(runner.net, size, classes), runner.lane.gains);
      noted.push({ runner, notes });
      return notes;
    });
    const steps = noted.map(({ runner, notes }) => notes.finish(runner.spec.name, runner.steps));
    return { steps: await Promise.all(steps) };
  } finally {
    for (const { notes } of noted) notes.dispose();
  }
}
