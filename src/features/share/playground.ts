import type { DeviceInfo } from '../../core/experiment/device.ts';
import { type Experiment, type LaneSpec, onPresentImages } from '../../core/experiment/experiment.ts';
import { LIMITS } from '../../core/experiment/limits.ts';
import { ExperimentError, experimentOrPreset, notOneOf } from '../../core/experiment/parse/parse.ts';
import { parseLesions } from '../../core/experiment/parse/parse-insight.ts';
import { quote, someOf } from '../../core/quote.ts';
import type { LesionResult } from '../../core/results/lesion.ts';
import type { TestPoint } from '../../core/results/report.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import { sentencesJoined, textOf } from '../../language/joining.ts';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { type ProbeResult, parseProbe } from '../insight/probes/probes.ts';
import type { Lab } from '../lab/lab.ts';
import { namedData } from '../lab/named-data.ts';
import { liveSeries } from '../race/curves/series.ts';
import type { Claim } from '../race/story/claim.ts';
import { raceStory } from '../race/story/race-story.ts';

/** What `window.playground` offers to teachers, tests and the curious. Every promise rejects with a sentence. */
export interface Playground {
  /** Opens an experiment, or the preset of this name, at step 0. */
  load(experimentOrPreset: unknown): Promise<void>;
  /** Trains `rounds` rounds, 1 by default. Resolves when they are done. */
  step(rounds?: number): Promise<void>;
  /** One round, and all that its instructions gave, in the order in which the engine did them. */
  slowRound(): Promise<SlowRound>;
  /** Resolves when training has stopped, at the experiment's end or by `pause`. */
  train(): Promise<void>;
  pause(): Promise<void>;
  reset(): Promise<void>;
  /** The gain of one shortcut; blocks count from 1. */
  setShortcut(lane: string, block: number, gain: number): Promise<void>;
  /** One more net, which has been this one until now; gives its name. */
  fork(lane: string): Promise<string>;
  /** The same with one more block in each stage, which compute nothing yet. */
  grow(lane: string): Promise<string>;
  /** The same with one plain layer in the place of each with RepVGG's branches: the same function. */
  fold(lane: string): Promise<string>;
  /** Back to the last checkpoint that is not after `step`, or to step 0. */
  rewind(lane: string, step: number): Promise<void>;
  /**
   * What a lesion does to a lane's error: 'branch', 'shortcut', 'swap' or 'reset' of one block, of a pair [block, other]
   * to be swapped, or, where none is given, of each block in turn.
   */
  lesion(lane: string, what: string, block?: number | readonly number[], statistics?: unknown): Promise<LesionResult>;
  /** What a probe measures in a lane: 'gradients', 'responses', ...; options as in a `ProbeRequest`. */
  probe(lane: string, name: string, options?: unknown): Promise<ProbeResult>;
  /** As it is now, with all surgery; `load` takes it. */
  readonly experiment: Experiment;
  /** By lane: what was measured after each step, errors in percent. */
  curves(): Readonly<Record<string, PlainCurve>>;
  /** What the curves of this race say, with every net shown: sentences with their caveat, and the claims that they make. */
  story(): PlainStory;
  readonly device: DeviceInfo | null;
}

/** `values` are the numbers that a claim quotes, errors in percent; docs/scripting.md lists the claims. */
export interface PlainStory {
  readonly text: string;
  readonly claims: readonly Pick<Claim, 'id' | 'lanes' | 'values'>[];
}

export interface PlainCurve {
  readonly step: readonly number[];
  readonly trainError: readonly number[];
  readonly loss: readonly number[];
  readonly testError: readonly Omit<TestPoint, 'lane'>[];
}

function wrong(what: string, problem: Sentence): ExperimentError {
  return new ExperimentError(sentence('experiment.named', { what, problem }));
}

export function createPlayground(lab: Lab): Playground {
  const { getState } = lab.store;
  const laneOf = (name: string): LaneSpec => {
    const { lanes } = getState().experiment;
    const lane = lanes.find((each) => each.name === name);
    if (lane !== undefined) return lane;
    throw notOneOf('net', name, someOf(lanes.map((each) => each.name)));
  };
  const checkBlock = ({ net }: LaneSpec, block: number): void => {
    const blocks = net.gains.length;
    if (!Number.isInteger(block) || block < 1 || block > blocks) {
      throw wrong('block', sentence('experiment.value.integer', { value: quote(block), min: 1, max: blocks }));
    }
  };
  return {
    load: async (input) => lab.open(onPresentImages(experimentOrPreset(input))),
    step: async (rounds = 1) => {
      if (!Number.isInteger(rounds) || rounds < 1)
        throw wrong('rounds', sentence('experiment.value.integerFrom', { value: quote(rounds), min: 1 }));
      await lab.step(rounds);
    },
    slowRound: async () => {
      await lab.slowRound();
      return getState().slowRound ?? { images: [], steps: [] };
    },
    train: async () => lab.train(),
    pause: async () => lab.pause(),
    reset: async () => lab.reset(),
    setShortcut: async (name, block, gain) => {
      checkBlock(laneOf(name), block);
      const { min, max } = LIMITS.gain;
      if (!(Number.isFinite(gain) && gain >= min && gain <= max))
        throw wrong('gain', sentence('experiment.value.number', { value: quote(gain), min, max }));
      await lab.setGain(name, block, gain);
    },
    fork: async (name) => lab.branch(laneOf(name).name),
    grow: async (name) => lab.branch(laneOf(name).name, 'grown'),
    fold: async (name) => lab.branch(laneOf(name).name, 'folded'),
    rewind: async (name, step) => {
      if (!Number.isInteger(step) || step < 0)
        throw wrong('step', sentence('experiment.value.integerFrom', { value: quote(step), min: 0 }));
      await lab.rewind(laneOf(name).name, step);
    },
    lesion: async (name, kind, block, statistics) => {
      const lane = laneOf(name);
      const blocks = [block ?? []].flat();
      for (const each of blocks) checkBlock(lane, each);
      const [first, other] = blocks;
      const one = other === undefined ? { kind, block: first } : { kind, block: first, other };
      const study = first === undefined ? { study: 'sweep', kind } : { study: 'together', lesions: [one] };
      return lab.lesion(name, parseLesions({ ...study, statistics }));
    },
    probe: async (name, probe, options) => {
      const request = parseProbe(probe, options);
      const lane = laneOf(name);
      if (request.name === 'features') checkBlock(lane, request.block);
      return lab.probe(name, request);
    },
    get experiment() {
      return getState().experiment;
    },
    curves: () =>
      Object.fromEntries(
        [...getState().curves.values()].map(({ lane, steps, errors, losses, tests }) => [
          lane,
          {
            step: Array.from({ length: steps }, (_, index) => index + 1),
            trainError: [...errors.subarray(0, steps)],
            loss: [...losses.subarray(0, steps)],
            testError: tests.map(({ step, error }) => ({ step, error })),
          },
        ]),
      ),
    story: () => {
      const state = getState();
      const { parts, caveat, claims } = raceStory(
        { ...state, data: namedData(state) },
        liveSeries(state.experiment, state.curves),
      );
      const text = sentencesJoined([parts, caveat].map(textOf));
      return { text, claims: claims.map(({ id, lanes, values }) => ({ id, lanes, values })) };
    },
    get device() {
      return getState().device;
    },
  };
}
