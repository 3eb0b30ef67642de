import { describe, expect, test, vi } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { changedReport, FakeWorker, openedReport, progressReport, TWO } from '../../testing/fake-worker.ts';
import { createInsightClient } from '../insight/insight-client.ts';
import { createSlowMotion } from '../slow-motion/slow-motion.ts';
import { readLesson } from './address.ts';
import { isIn } from './chapter.ts';
import { chapterAt } from './chapters/chapters.ts';
import { keptLesson } from './kept.ts';
import { createLesson } from './lesson.ts';
import { isLocked, sealedLanes, stepAt, trainingWaits, trainRole } from './lesson-state.ts';
import { NO_IDEA } from './position.ts';
import { announced, deedTextOf, refusalOf } from './view/lesson-text.ts';

const END = 150;

/** A storage that holds what was kept last. */
function memory(): Storage {
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

type Parts = ReturnType<typeof setUp>;

/** What the page may not do by Train, Step or Space before its time. */
function waits({ state, worker }: Parts) {
  return trainingWaits(state, worker.state);
}

/** Reports `step` steps of every lane of the race that is open, each with one error throughout. */
function trained(worker: FakeWorker, step: number, errors: Readonly<Record<string, number>>) {
  const lanes = worker.state.experiment.lanes.map(({ name }) => ({
    ...{ lane: name, from: 0 },
    errors: Array(step).fill(errors[name] ?? 50),
    losses: Array(step).fill(1),
  }));
  return progressReport(step, lanes);
}

function setUp(storage: Storage | null = null) {
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

const AS_USUAL = { 'plain-8': 38, 'plain-32': 61, 'ResNet-32': 43 };

describe('a chapter', () => {
  test('is entered at its question, with Train locked and its third net sealed', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    expect(lesson.state).toMatchObject({ on: true, waiting: 1, position: { type: 'question' } });
    expect(isLocked(lesson.state)).toBe(true);
    expect(trainRole(lesson.state)).toBe('waits');
    expect(sealedLanes(lesson.state)).toEqual(['ResNet-32']);
    expect(lesson.worker.state.experiment.lanes.map(({ name }) => name)).toEqual(['plain-8', 'plain-32', 'ResNet-32']);
  });

  test('asks for an answer first; a clicker cannot pass it', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.forward();
    expect(lesson.state).toMatchObject({ refusals: 1, position: { type: 'question' } });
    expect(lesson.worker.asked).toEqual([]);
  });

  test('keeps the answer beside the outcome, which opens what was sealed', async () => {
    const storage = memory();
    const lesson = setUp(storage);
    await lesson.enter(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    expect(trainRole(lesson.state)).toBe('next');
    await lesson.train(END, AS_USUAL);
    expect(lesson.state.position).toEqual({ type: 'outcome' });
    expect(lesson.state.answers.get(1)).toEqual({ choice: 'deep', ends: null });
    expect(lesson.state.outcomes.get(1)).toMatchObject({ choice: 'shallow', values: { gap: 23, won: 18 } });
    expect(sealedLanes(lesson.state)).toEqual([]);
    expect(keptLesson(storage).outcomes.get(1)?.choice).toBe('shallow');
    // By this, the next chapters are short on a slow device.
    expect(keptLesson(storage).seconds.get(1)).toBeGreaterThanOrEqual(0);
  });

  test('lets an answer be changed until something was done after it', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    lesson.lesson.answer({ choice: 'same', ends: null });
    expect(lesson.state.answers.get(1)?.choice).toBe('same');
    await lesson.train(END, AS_USUAL);
    lesson.lesson.answer({ choice: 'shallow', ends: null });
    expect(lesson.state.answers.get(1)?.choice).toBe('same');
  });

  test('is shown on request, which counts as no idea', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.showMe();
    await lesson.worker.idle();
    expect(lesson.state.answers.get(1)).toEqual(NO_IDEA);
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['train']);
  });

  test('comes out otherwise than usual where a quantity lies outside its band', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    await lesson.train(END, { 'plain-8': 50, 'plain-32': 51, 'ResNet-32': 40 });
    const { chapter, outcomes } = lesson.state;
    const outcome = outcomes.get(1);
    expect(outcome?.choice).toBe('same');
    const missed = chapter.bands.filter((band) => !isIn(band, outcome?.values[band.quantity] ?? Number.NaN));
    expect(missed.map(({ quantity }) => quantity)).toEqual(['gap']);
    expect(missed[0]?.usually(1).map(({ text }) => text)).toEqual([
      'plain-32 is 1.0 points behind plain-8; over several seeds it is usually 12 or more behind.',
    ]);
  });

  test('trains to where it begins while its question is read', async () => {
    const lesson = setUp();
    await lesson.enter(3);
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['train']);
    expect(lesson.state.position).toEqual({ type: 'question' });
    lesson.worker.done(trained(lesson.worker, END, AS_USUAL));
    await lesson.worker.idle();
    lesson.lesson.answer({ choice: 'level', ends: null });
    await lesson.train(300, { 'plain-8': 34, 'plain-32': 55, 'ResNet-32': 32 });
    expect(lesson.state.outcomes.get(3)?.choice).toBe('level');
  });

  test('waits for its own race, whatever the one before it came to', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    await lesson.train(END, AS_USUAL);
    lesson.lesson.open(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    lesson.lesson.act();
    await lesson.worker.idle();
    expect(lesson.state.position).toEqual({ type: 'step', index: 0 });
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['open']);
  });

  test('stays where the race of a chapter that was asked for before it is opened first', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.open(5);
    lesson.lesson.open(4);
    await lesson.worker.idle();
    const [earlier, later] = lesson.worker.asked.map(({ experiment }) => experiment);
    if (earlier === undefined || later === undefined) throw new Error('not asked for');
    lesson.worker.done(openedReport(earlier));
    await lesson.worker.idle();
    expect(lesson.state.on).toBe(true);
    lesson.worker.done(openedReport(later));
    await lesson.worker.idle();
    expect(lesson.state).toMatchObject({ on: true, chapter: { number: 4 }, position: { type: 'question' } });
  });

  test.each<readonly [string, (lesson: Parts) => void]>([
    [
      'is gone back to while that of another one is on its way',
      ({ lesson }) => {
        lesson.open(5);
        lesson.open(1);
      },
    ],
    [
      'is come back to while another race is on its way',
      ({ lesson, worker }) => {
        lesson.leave(false);
        worker.lab.openInstead(TWO);
        lesson.resume();
      },
    ],
  ])('that %s asks for its own race again', async (_, go) => {
    const lesson = setUp();
    await lesson.enter(1);
    go(lesson);
    await lesson.worker.idle();
    const asked = lesson.worker.asked.flatMap(({ experiment }) => experiment ?? []);
    expect(asked).toHaveLength(2);
    for (const experiment of asked) {
      lesson.worker.done(openedReport(experiment));
      await lesson.worker.idle();
    }
    expect(lesson.state).toMatchObject({ on: true, chapter: { number: 1 }, position: { type: 'question' } });
    expect(lesson.worker.state.experiment).toEqual(lesson.state.chapter.start?.experiment);
  });

  test('whose race is refused is put away, where the one that stays is none of its own', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    const opened = lesson.lesson.open(4);
    await lesson.worker.idle();
    lesson.worker.failed('MemoryError', 'too large');
    await expect(opened).rejects.toThrow('too large');
    expect(lesson.state.on).toBe(false);
    await lesson.lesson.open(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    await lesson.train(END, AS_USUAL);
    const repeated = lesson.lesson.open(1);
    await lesson.worker.idle();
    lesson.worker.failed('MemoryError', 'too large');
    await expect(repeated).rejects.toThrow('too large');
    expect(lesson.state.on).toBe(true);
  });

  test('whose race is refused is put away, too, where a preset that was chosen meanwhile is refused after it', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    const opened = lesson.lesson.open(4);
    await lesson.worker.idle();
    const preset = lesson.worker.lab.openInstead(TWO);
    await lesson.worker.idle();
    lesson.worker.failed('MemoryError', 'too large');
    await expect(opened).rejects.toThrow('too large');
    // What was chosen is still on its way.
    expect(lesson.state.on).toBe(true);
    await lesson.worker.idle();
    lesson.worker.failed('MemoryError', 'too large');
    await expect(preset).rejects.toThrow('too large');
    expect(lesson.state.on).toBe(false);
  });

  test('begins again where its race is reset, and its answer stands', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    const { experiment } = lesson.worker.state;
    lesson.worker.lab.reset();
    await lesson.worker.idle();
    lesson.worker.done(openedReport(experiment));
    await lesson.worker.idle();
    expect(lesson.state).toMatchObject({ on: true, position: { type: 'step', index: 0 } });
    expect(lesson.state.answers.get(1)?.choice).toBe('deep');
  });

  test('begins again, too, where a net had branched off before the reset', async () => {
    const lesson = setUp();
    await lesson.enter(2);
    lesson.worker.done(trained(lesson.worker, END, {}));
    await lesson.worker.idle();
    lesson.lesson.answer({ choice: 'always', ends: null });
    lesson.worker.emit(changedReport(grownFrom(lesson.worker.state.experiment), END));
    await lesson.worker.idle();
    await failAll(lesson);
    expect(lesson.state.position).toEqual({ type: 'step', index: 1 });
    const reset = lesson.worker.lab.reset();
    await lesson.worker.idle();
    lesson.worker.done(openedReport(lesson.worker.state.experiment));
    await reset;
    await lesson.worker.idle();
    expect(lesson.state).toMatchObject({ on: true, position: { type: 'step', index: 0 } });
    expect(lesson.state.answers.get(2)?.choice).toBe('always');
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['train']);
  });

  test('does not train a race that is brought back to where it begins', async () => {
    const { worker, enter } = setUp();
    await enter(3);
    worker.done(trained(worker, END, AS_USUAL));
    await worker.idle();
    const { experiment } = worker.state;
    const copy = { steps: END, stale: false, divergedAt: null, values: new Map() };
    worker.lab.reset();
    const snapshot = new Map(experiment.lanes.map(({ name, net }) => [name, { net, ...copy }]));
    worker.emit({ type: 'copied', experiment, snapshot });
    worker.done(openedReport(experiment));
    await worker.idle();
    expect(worker.asked.map(({ ask }) => ask)).toEqual(['train']);
    worker.lab.undo();
    worker.done();
    worker.done(openedReport(experiment));
    await worker.idle();
    expect(worker.state.step).toBe(END);
    expect(worker.asked).toEqual([]);
  });

  test('that only looks at a section ends when the visitor comes there', async () => {
    const lesson = setUp();
    await lesson.worker.open(TWO);
    await lesson.enter(8);
    lesson.lesson.answer({ choice: 'fewer', ends: null });
    expect(stepAt(lesson.state)?.deed).toEqual({ type: 'open', section: 'family' });
    lesson.lesson.act();
    expect(lesson.visited).toEqual(['family']);
    expect(lesson.state.outcomes.get(8)?.choice).toBe('fewer');
    // The race beside it settled nothing.
    expect(lesson.state.outcomes.get(8)?.seed).toBeUndefined();
  });

  test('that is optional follows the lesson, and leads nowhere', async () => {
    const lesson = setUp();
    await lesson.enter(9);
    lesson.lesson.answer({ choice: 'between', ends: null });
    await lesson.train(END, { 'plain-32': 65, 'ResNet-32': 43, 'plain-32, identity start': 44 });
    expect(lesson.state.outcomes.get(9)).toMatchObject({ choice: 'residual', values: { gap: 22, won: 21, behind: 1 } });
    lesson.lesson.next();
    expect(lesson.state.chapter.number).toBe(9);
    await lesson.worker.open(TWO);
    expect(lesson.state.on).toBe(false);
  });
});

describe('training waits', () => {
  test('for the answer, then for a deed that belongs to the step where the race stands', async () => {
    const lesson = setUp();
    await lesson.enter(5);
    expect(waits(lesson)).toBe('answer');
    lesson.lesson.answer({ choice: 'larger', ends: null });
    expect(waits(lesson)).toBe('deed');
    lesson.lesson.store.setState({ readings: { before: 600, twin: 5, weights: 4 } });
    lesson.lesson.reach('features');
    expect(stepAt(lesson.state)?.deed.type).toBe('train');
    expect(waits(lesson)).toBeNull();
  });

  test('for nothing while the race has not come to where the chapter begins: it can go on after a pause', async () => {
    const lesson = setUp();
    await lesson.enter(7);
    expect(waits(lesson)).toBeNull();
    lesson.worker.done(trained(lesson.worker, 200, {}));
    await lesson.worker.idle();
    expect(waits(lesson)).toBe('answer');
    lesson.lesson.answer(NO_IDEA);
    expect(waits(lesson)).toBe('deed');
  });

  test('for no deed in a chapter of any race, nor when the lesson is left', async () => {
    const lesson = setUp();
    await lesson.worker.open(TWO);
    await lesson.enter(8);
    expect(waits(lesson)).toBe('answer');
    lesson.lesson.answer(NO_IDEA);
    expect(waits(lesson)).toBeNull();
    await lesson.enter(5);
    lesson.lesson.leave(false);
    expect(waits(lesson)).toBeNull();
  });
});

describe('a race that has gone beyond the step of a measurement', () => {
  test('is not measured there: the deed begins the race of the chapter again', async () => {
    const lesson = setUp();
    await lesson.enter(5);
    lesson.lesson.answer({ choice: 'larger', ends: null });
    lesson.worker.emit(trained(lesson.worker, 20, {}));
    lesson.lesson.act();
    await lesson.worker.idle();
    expect(lesson.worker.questions).toEqual([]);
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['open']);
  });

  test('is opened again where the lesson comes back, and what was trained meanwhile can be brought back', async () => {
    const lesson = setUp();
    await lesson.enter(5);
    lesson.lesson.answer({ choice: 'larger', ends: null });
    lesson.lesson.leave(false);
    lesson.worker.emit(trained(lesson.worker, 20, {}));
    lesson.lesson.resume();
    await lesson.worker.idle();
    expect(lesson.state).toMatchObject({ on: true, position: { type: 'question' } });
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['open']);
    const { experiment } = lesson.worker.state;
    const copyOf = ({ net }: (typeof experiment.lanes)[number]) => {
      return { net, steps: 20, stale: false, divergedAt: null, values: new Map() };
    };
    const snapshot = new Map(experiment.lanes.map((lane) => [lane.name, copyOf(lane)]));
    lesson.worker.emit({ type: 'copied', experiment, snapshot });
    lesson.worker.done(openedReport(experiment));
    await lesson.worker.idle();
    expect(lesson.worker.state.undo?.step).toBe(20);
  });
});

/** The experiment of chapter 2 with the net that grows from its own. */
function grownFrom(experiment: Experiment): Experiment {
  const [shallow] = experiment.lanes;
  if (shallow === undefined) throw new Error('no net');
  const origin = { lane: shallow.name, eras: [{ net: shallow.net, until: END }] };
  return { ...experiment, lanes: [shallow, { name: 'plain-14', net: makeNet('plain', 14), origin }] };
}

/** Answers all measurements that wait as failures. */
async function failAll({ worker }: Parts) {
  while (worker.questions.length > 0) {
    for (const waiting of worker.questions.splice(0)) waiting.failed('Error', 'not in this test');
    await worker.idle();
  }
}

test('what a chapter takes at its start is taken before its first deed, again if it failed', async () => {
  const lesson = setUp();
  await lesson.enter(7);
  lesson.worker.done(trained(lesson.worker, 200, {}));
  await lesson.worker.idle();
  expect(lesson.worker.questions).toHaveLength(1);
  await failAll(lesson);
  expect(lesson.state).toMatchObject({ failed: true, readings: {} });
  lesson.lesson.answer(NO_IDEA);
  lesson.lesson.act();
  await lesson.worker.idle();
  // The deed waits for it.
  expect(lesson.worker.asked).toEqual([]);
  expect(lesson.worker.questions).toHaveLength(1);
  const [question] = lesson.worker.questions.splice(0);
  question?.found({ study: 'together', lane: 'plain-32', step: 200, before: {}, lesions: [], errors: { batch: 55 } });
  await lesson.worker.idle();
  expect(lesson.state.readings).toEqual({ before: 55 });
  expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['setGains']);
});

test('what the lesson measures by itself and fails can be tried again by a button', async () => {
  const lesson = setUp();
  await lesson.enter(2);
  lesson.worker.done(trained(lesson.worker, END, {}));
  await lesson.worker.idle();
  lesson.lesson.answer(NO_IDEA);
  lesson.worker.emit(changedReport(grownFrom(lesson.worker.state.experiment), END));
  await lesson.worker.idle();
  expect(refusalOf(lesson.state)).toBe('Measuring…');
  await failAll(lesson);
  expect(lesson.state).toMatchObject({ failed: true, position: { type: 'step', index: 1 } });
  expect(deedTextOf(lesson.state)).toBe('Measure');
  expect(refusalOf(lesson.state)).toBe('The measurement did not finish. Try it again.');
  lesson.lesson.act();
  await lesson.worker.idle();
  expect(lesson.state.measuring).toBe(true);
  expect(deedTextOf(lesson.state)).toBeNull();
  expect(lesson.worker.questions).not.toEqual([]);
});

test('a net that diverged has no number, and the chapter goes on', async () => {
  const lesson = setUp();
  await lesson.enter(7);
  lesson.worker.emit(progressReport(90, [], { diverged: [{ lane: 'plain-32', step: 90 }] }));
  lesson.worker.done(trained(lesson.worker, 200, {}));
  await lesson.worker.idle();
  await failAll(lesson);
  expect(lesson.state).toMatchObject({ failed: false, readings: { before: Number.NaN } });
  lesson.lesson.answer(NO_IDEA);
  lesson.lesson.act();
  await lesson.worker.idle();
  expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['setGains']);
});

test('a shorter end that was set by hand is not gone beyond but by the steps of the chapter', async () => {
  const lesson = setUp();
  await lesson.enter(3);
  lesson.worker.done(trained(lesson.worker, END, {}));
  await lesson.worker.idle();
  lesson.lesson.answer(NO_IDEA);
  lesson.worker.lab.setUntil(250);
  expect(lesson.worker.state.experiment.until).toBe(250);
  lesson.worker.emit(trained(lesson.worker, 250, {}));
  expect(lesson.worker.state.experiment.until).toBe(300);
});

test('a step in slow motion that is being made is not made twice, nor is its race begun again', async () => {
  const lesson = setUp();
  await lesson.enter(4);
  const { chapter, worker } = { ...lesson.state, worker: lesson.worker };
  const start = chapter.start?.step ?? 0;
  worker.done(trained(worker, start, {}));
  await worker.idle();
  lesson.lesson.store.setState({ position: { type: 'step', index: 2 } });
  lesson.lesson.act();
  await worker.idle();
  worker.emit(trained(worker, start + 1, {}));
  lesson.lesson.act();
  await worker.idle();
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['slowRound']);
});

test('a net that is being grown is not grown twice', async () => {
  const lesson = setUp();
  await lesson.enter(2);
  const { worker } = lesson;
  worker.done(trained(worker, END, {}));
  await worker.idle();
  lesson.lesson.answer(NO_IDEA);
  lesson.lesson.act();
  lesson.lesson.act();
  await worker.idle();
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['branch']);
  // One that fails can be tried again.
  worker.failed('MemoryError', 'too large');
  await worker.idle();
  lesson.lesson.act();
  await worker.idle();
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['branch']);
  // The lesson goes on as soon as the net is told of.
  worker.emit(changedReport(grownFrom(worker.state.experiment), END));
  await worker.idle();
  expect(lesson.state.measuring).toBe(true);
});

/** Chapter 7 where its race begins, with a question that waits for what is taken there, and its answer. */
async function takeBefore(lesson: Parts) {
  const { worker } = lesson;
  const found = async () => {
    const [question] = worker.questions.splice(0);
    question?.found({ study: 'together', lane: 'plain-32', step: 200, before: {}, lesions: [], errors: { batch: 55 } });
    await worker.idle();
  };
  await lesson.enter(7);
  worker.done(trained(worker, 200, {}));
  await worker.idle();
  expect(worker.questions).toHaveLength(1);
  return { experiment: worker.state.experiment, found };
}

test.each([
  ['settles nothing where a net was changed by hand meanwhile, and changed back', true, true],
  ['settles the chapter where a net was changed by hand later, and changed back', false, undefined],
])('what is measured %s', async (_, isMeanwhile, changed) => {
  const lesson = setUp();
  const { worker } = lesson;
  const { experiment, found } = await takeBefore(lesson);
  if (!isMeanwhile) await found();
  worker.emit(changedReport({ ...experiment, surgery: [{ step: 200, lane: 'plain-32', block: 3, gain: 1 }] }, 200));
  if (isMeanwhile) await found();
  worker.emit(changedReport(experiment, 200));
  lesson.lesson.answer(NO_IDEA);
  const { chapter, readings } = lesson.state;
  const last = { type: 'step', index: chapter.steps.length - 1 } as const;
  lesson.lesson.store.setState({ readings: { ...readings, again: 43 }, position: last });
  lesson.lesson.reach('features');
  expect(lesson.state.position).toEqual({ type: 'outcome' });
  expect(lesson.state.outcomes.get(7)?.changed).toBe(changed);
});

test('what was taken where a chapter begins is taken again of a race that is begun again', async () => {
  const lesson = setUp();
  const { worker } = lesson;
  const { experiment, found } = await takeBefore(lesson);
  await found();
  expect(lesson.state.readings).toEqual({ before: 55 });
  worker.lab.reset();
  await worker.idle();
  worker.done(openedReport(experiment));
  await worker.idle();
  expect(lesson.state).toMatchObject({ readings: {}, position: { type: 'question' } });
});

test('a race whose nets were changed by hand settles nothing', async () => {
  const lesson = setUp();
  await lesson.enter(1);
  lesson.lesson.answer({ choice: 'shallow', ends: null });
  const { experiment } = lesson.worker.state;
  const surgery = [{ step: 60, lane: 'plain-32', block: 3, gain: 1 }];
  lesson.worker.emit(trained(lesson.worker, 60, AS_USUAL));
  lesson.worker.emit(changedReport({ ...experiment, surgery }, 60));
  lesson.worker.emit(trained(lesson.worker, END, AS_USUAL));
  await lesson.worker.idle();
  expect(lesson.state.outcomes.get(1)).toMatchObject({ choice: null, changed: true, values: {} });
});

test('an outcome stays when what is kept of it is deleted', async () => {
  const lesson = setUp();
  await lesson.enter(1);
  lesson.lesson.answer(NO_IDEA);
  await lesson.train(END, AS_USUAL);
  lesson.lesson.forget();
  expect(lesson.state.outcomes.size).toBe(0);
  expect(lesson.state.outcome).toMatchObject({ choice: 'shallow', values: { gap: 23 } });
});

test('refusals are told again in each place, and say what comes first', async () => {
  const lesson = setUp();
  await lesson.enter(5);
  lesson.lesson.refuse();
  lesson.lesson.refuse();
  expect(lesson.state.refusals).toBe(2);
  expect(announced(lesson.state)).toBe('Guess first. There is nothing to lose.');
  lesson.lesson.answer(NO_IDEA);
  expect(lesson.state.refusals).toBe(0);
  lesson.lesson.refuse();
  expect(announced(lesson.state)).toBe('Not yet: “Measure” comes first.');
  lesson.lesson.begin(6);
  expect(lesson.state.refusals).toBe(0);
  expect(announced(lesson.state)).toBe('What if a trained net loses a block?');
});

test('both verdicts of a chapter with two questions are said', async () => {
  const lesson = setUp();
  await lesson.enter(6);
  const answers = new Map([[6, { choice: 'plain', ends: null, further: 'branch' }]]);
  const outcome = { choice: 'plain', further: 'shortcut', values: {} };
  lesson.lesson.store.setState({ answers, outcome, position: { type: 'outcome' } });
  expect(announced(lesson.state)).toBe(
    'You said “plain-20”. You were right. You said “A branch”. It was “A shortcut”.',
  );
});

describe('going through the lesson', () => {
  test('Back looks at the question again, Next returns to the outcome and leads on', async () => {
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    await lesson.train(END, AS_USUAL);
    lesson.lesson.back();
    expect(lesson.state).toMatchObject({ looksBack: true, position: { type: 'outcome' } });
    lesson.lesson.next();
    expect(lesson.state.looksBack).toBe(false);
    lesson.lesson.next();
    expect(lesson.state).toMatchObject({ waiting: 2, position: { type: 'question' } });
    lesson.lesson.back();
    expect(lesson.state.chapter.number).toBe(1);
  });

  test('leaving keeps the race, and the lesson comes back where it stood', async () => {
    const storage = memory();
    const lesson = setUp(storage);
    await lesson.enter(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    const { race } = lesson.worker.state;
    lesson.lesson.leave(true);
    expect(lesson.state.on).toBe(false);
    expect(lesson.worker.state.race).toBe(race);
    expect(trainRole(lesson.state)).toBe('next');
    expect(keptLesson(storage)).toMatchObject({ on: false, waiting: 1 });
    lesson.lesson.resume();
    expect(lesson.state).toMatchObject({ on: true, position: { type: 'step', index: 0 } });
    expect(lesson.worker.asked).toEqual([]);
  });

  test('where its race was reset meanwhile, the lesson comes back to its first step, and trains to its start', async () => {
    const lesson = setUp();
    await lesson.enter(6);
    lesson.worker.done(trained(lesson.worker, 300, {}));
    await lesson.worker.idle();
    lesson.lesson.answer({ choice: 'plain', ends: null });
    lesson.lesson.store.setState({ readings: { plain: 28 }, position: { type: 'further' } });
    lesson.lesson.leave(false);
    const reset = lesson.worker.lab.reset();
    await lesson.worker.idle();
    lesson.worker.done(openedReport(lesson.worker.state.experiment));
    await reset;
    await lesson.worker.idle();
    expect(lesson.worker.asked).toEqual([]);
    lesson.lesson.resume();
    await lesson.worker.idle();
    expect(lesson.state).toMatchObject({ on: true, position: { type: 'step', index: 0 } });
    expect(lesson.state.readings).toEqual({});
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['train']);
  });

  test('another race puts the lesson away for this visit', async () => {
    const storage = memory();
    const lesson = setUp(storage);
    await lesson.enter(1);
    await lesson.worker.open(TWO);
    expect(lesson.state.on).toBe(false);
    expect(keptLesson(storage).on).toBe(true);
  });

  test('a link opens its chapter; what is no chapter asks for none', () => {
    const wish = (query: string) => readLesson(new URL(query, 'https://example.org/'));
    expect(wish('?chapter=5&lang=zh')).toEqual({ type: 'chapter', number: 5 });
    expect(wish('?lesson=off')).toEqual({ type: 'off' });
    expect(wish('?chapter=99')).toEqual({ type: 'as-before' });
    const lesson = setUp();
    lesson.lesson.begin(5);
    expect(lesson.state).toMatchObject({ on: true, waiting: 5, position: { type: 'question' } });
  });

  test('chapters are short where one took long on this device', () => {
    const storage = memory();
    const kept = { on: true, waiting: 1, answers: [], outcomes: [], seconds: [[1, 75]] };
    storage.setItem('lesson', JSON.stringify(kept));
    const slow = setUp(storage);
    slow.lesson.begin(1);
    expect(slow.state.chapter.start?.experiment).toEqual(chapterAt(1, 'short')?.start?.experiment);
    const quick = setUp();
    quick.lesson.begin(1);
    expect(quick.state.chapter.start?.experiment).toEqual(chapterAt(1, 'full')?.start?.experiment);
    quick.lesson.begin(1, 'short');
    expect(quick.state.chapter.start?.experiment.until).toBe(100);
  });

  test('what a short chapter took counts as a full one, so that a slow device keeps short chapters', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const lesson = setUp();
    lesson.lesson.begin(1, 'short');
    const { chapter } = lesson.state;
    const experiment = chapter.start?.experiment;
    if (experiment === undefined) throw new Error('no race');
    await lesson.worker.open(experiment);
    lesson.lesson.answer(NO_IDEA);
    lesson.lesson.act();
    await lesson.worker.idle();
    lesson.worker.emit({ type: 'training', training: true });
    now.mockReturnValue(14_000);
    lesson.worker.emit({ type: 'training', training: false });
    lesson.worker.done(trained(lesson.worker, 100, AS_USUAL));
    await lesson.worker.idle();
    now.mockRestore();
    expect(lesson.state.seconds.get(1)).toBe(70);
    lesson.lesson.begin(3);
    expect(lesson.state.chapter.start?.step).toBe(100);
  });

  test('what is trained at a limited speed, or while the lesson is put away, does not make a device slow', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const lesson = setUp();
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    const { lab } = lesson.worker;
    lab.store.setState({ maxRoundsPerSecond: 2 });
    lesson.worker.emit({ type: 'training', training: true });
    now.mockReturnValue(90_000);
    lab.store.setState({ maxRoundsPerSecond: null });
    now.mockReturnValue(91_000);
    lesson.lesson.leave(false);
    now.mockReturnValue(200_000);
    lesson.lesson.resume();
    lesson.worker.emit({ type: 'training', training: false });
    await lesson.train(END, AS_USUAL);
    now.mockRestore();
    expect(lesson.state.seconds.get(1)).toBe(1);
  });

  test('answers and outcomes are deleted on request', async () => {
    const storage = memory();
    const lesson = setUp(storage);
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    lesson.lesson.forget();
    expect(keptLesson(storage).answers.size).toBe(0);
  });

  test('those of two tabs are kept, and what one of them deletes stays deleted', async () => {
    const storage = memory();
    const [lesson, other] = [setUp(storage), setUp(storage)];
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    other.lesson.refreshKept();
    await other.enter(2);
    other.worker.done(trained(other.worker, END, {}));
    await other.worker.idle();
    other.lesson.answer({ choice: 'always', ends: null });
    lesson.lesson.refreshKept();
    lesson.lesson.leave(true);
    expect([...keptLesson(storage).answers.keys()]).toEqual([1, 2]);
    expect(lesson.state.chapter.number).toBe(1);
    lesson.lesson.forget();
    other.lesson.refreshKept();
    other.lesson.leave(true);
    expect(keptLesson(storage).answers.size).toBe(0);
  });
});

test('a second question waits for its own answer, which is kept beside the first', async () => {
  const lesson = setUp();
  await lesson.enter(6);
  lesson.worker.done(trained(lesson.worker, 300, {}));
  await lesson.worker.idle();
  lesson.lesson.answer({ choice: 'plain', ends: null });
  lesson.lesson.act();
  await lesson.worker.idle();
  while (lesson.worker.questions.length > 0) {
    for (const waiting of lesson.worker.questions.splice(0)) waiting.failed('Error', 'not in this test');
    await lesson.worker.idle();
  }
  // A measurement that failed leaves the step open, so that it can be done again.
  expect(lesson.state).toMatchObject({ measuring: false, position: { type: 'step', index: 0 } });

  // So does one that was cancelled, whose figure shows what had come of it.
  lesson.lesson.act();
  await lesson.worker.idle();
  const [first] = lesson.worker.questions.splice(0);
  const bars = [{ lesion: { kind: 'branch', block: 1 }, errors: { batch: 90 } }] as const;
  const before = { batch: 30 };
  first?.onProgress({ study: 'sweep', lane: 'plain-20', step: 300, kind: 'branch', before, bars, of: 9 });
  const statistics = ['batch'] as const;
  const request = { study: 'sweep', kind: 'branch', statistics } as const;
  lesson.insight.cancel(
    lesson.worker.state.experiment.lanes.map(({ name: lane }) => ({ type: 'lesion', lane, request })),
  );
  first?.failed('AbortError', 'cancelled');
  await lesson.worker.idle();
  expect(lesson.worker.questions).toEqual([]);
  expect(lesson.state).toMatchObject({ measuring: false, position: { type: 'step', index: 0 } });
  expect(lesson.state.readings).toEqual({});

  lesson.lesson.store.setState({ readings: { plain: 28, branch: 3 } });
  lesson.lesson.reach('features');
  expect(lesson.state.position).toEqual({ type: 'further' });
  expect(isLocked(lesson.state)).toBe(true);
  lesson.lesson.answer({ choice: 'shortcut', ends: null });
  expect(lesson.state.position).toEqual({ type: 'step', index: 1 });
  expect(lesson.state.answers.get(6)).toEqual({ choice: 'plain', ends: null, further: 'shortcut' });
});
