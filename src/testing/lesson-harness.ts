import { expect } from 'vitest';
import type { Experiment } from '../core/experiment/experiment.ts';
import { makeNet } from '../core/net/net.ts';
import { createInsightClient } from '../features/insight/insight-client.ts';
import { createLesson } from '../features/lesson/lesson.ts';
import { createSlowMotion } from '../features/slow-motion/slow-motion.ts';
import { FakeWorker, openedReport, progressReport } from './fake-worker.ts';

/** The steps of most races of chapters. */
export const END = 150;

/** Errors with which chapter 1 comes out as usual. */
export const AS_USUAL = { 'plain-8': 38, 'plain-32': 61, 'ResNet-32': 43 };

/** A storage that holds what was kept last. */
export function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    length: 0,
    clear: () => kept.clear(),
    key: () => null,
    removeItem: (key) => kept.delete(key),
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
}

export type LessonUnderTest = ReturnType<typeof setUpLesson>;

/** A lesson on a worker that the test answers for. */
export function setUpLesson(storage: Storage | null = null) {
  const worker = new FakeWorker();
  const insight = createInsightClient(worker.lab.store, worker.lab);
  const slowMotion = createSlowMotion(worker.lab);
  const visited: string[] = [];
  const goTo = (section: string) => {
    visited.push(section);
  };
  const lesson = createLesson({ lab: worker.lab, insight, slowMotion, storage, playsAtOnce: () => false, goTo });
  return {
    worker,
    insight,
    lesson,
    visited,
    get state() {
      return lesson.store.getState();
    },
    /** Opens a chapter and has the worker tell that its race stands. */
    enter: async (number: number) => {
      const opened = lesson.open(number);
      const experiment = worker.asked.find(({ ask }) => ask === 'open')?.experiment;
      if (experiment !== undefined) worker.done(openedReport(experiment));
      await worker.idle();
      return opened;
    },
    /** Does the deed of the step and has the worker tell that every lane came to `step` with these errors. */
    train: async (step: number, errors: Readonly<Record<string, number>>) => {
      lesson.act();
      await worker.idle();
      expect(worker.asked.map(({ ask }) => ask)).toEqual(['train']);
      worker.done(trained(worker, step, errors));
      await worker.idle();
    },
  };
}

/** Reports `step` steps of every lane of the race that is open, each with one error throughout. */
export function trained(worker: FakeWorker, step: number, errors: Readonly<Record<string, number>>) {
  const lanes = worker.state.experiment.lanes.map(({ name }) => ({
    ...{ lane: name, from: 0 },
    errors: Array(step).fill(errors[name] ?? 50),
    losses: Array(step).fill(1),
  }));
  return progressReport(step, lanes);
}

/** The experiment of chapter 2 with the net that grows from its own. */
export function grownFrom(experiment: Experiment): Experiment {
  const [shallow] = experiment.lanes;
  if (shallow === undefined) throw new Error('no net');
  const origin = { lane: shallow.name, eras: [{ net: shallow.net, until: END }] };
  return { ...experiment, lanes: [shallow, { name: 'plain-14', net: makeNet('plain', 14), origin }] };
}

/** Answers all measurements that wait as failures. */
export async function failAll({ worker }: LessonUnderTest) {
  while (worker.questions.length > 0) {
    for (const waiting of worker.questions.splice(0)) waiting.failed('Error', 'not in this test');
    await worker.idle();
  }
}
