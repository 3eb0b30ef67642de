import type { RaceData } from '../../data/batches/race-data.ts';
import type { Runner } from '../training/runner.ts';
import { Insight } from './insight.ts';

/** An `Insight` into a copy of a lane at its present step. `seed` is that of its initial weights. */
export function insightOf({ spec, lane, net, steps }: Runner, data: RaceData, seed: number): Insight {
  return new Insight({
    lane: spec.name,
    step: steps,
    net,
    data,
    seed,
    remembered: lane.remembered(),
    gains: lane.gains,
  });
}
