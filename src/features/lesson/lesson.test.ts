import { describe, expect, test } from 'vitest';
import { changedReport, openedReport, TWO } from '../../testing/fake-worker.ts';
import {
  AS_USUAL,
  END,
  failAll,
  grownFrom,
  type LessonUnderTest,
  memoryStorage,
  setUpLesson,
  trained,
} from '../../testing/lesson-harness.ts';
import { isIn } from './chapter.ts';
import { keptLesson } from './kept.ts';
import { isLocked, sealedLanes, stepAt, trainingWaits, trainRole } from './lesson-state.ts';
import { NO_IDEA } from './position.ts';
import { announced } from './view/lesson-text.ts';

/** What the page may not do by Train, Step or Space before its time. */
function waits({ state, worker }: LessonUnderTest) {
  return trainingWaits(state, worker.state);
}

describe('a chapter', () => {
  test('is entered at its question, with Train locked and its third net sealed', async () => {
    const lesson = setUpLesson();
    await lesson.enter(1);
    expect(lesson.state).toMatchObject({ on: true, waiting: 1, position: { type: 'question' } });
    expect(isLocked(lesson.state)).toBe(true);
    expect(trainRole(lesson.state)).toBe('waits');
    expect(sealedLanes(lesson.state)).toEqual(['ResNet-32']);
    expect(lesson.worker.state.experiment.lanes.map(({ name }) => name)).toEqual(['plain-8', 'plain-32', 'ResNet-32']);
  });

  test('asks for an answer first; a clicker cannot pass it', async () => {
    const lesson = setUpLesson();
    await lesson.enter(1);
    lesson.lesson.forward();
    expect(lesson.state).toMatchObject({ refusals: 1, position: { type: 'question' } });
    expect(lesson.worker.asked).toEqual([]);
  });

  test('keeps the answer beside the outcome, which opens what was sealed', async () => {
    const storage = memoryStorage();
    const lesson = setUpLesson(storage);
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
    const lesson = setUpLesson();
    await lesson.enter(1);
    lesson.lesson.answer({ choice: 'deep', ends: null });
    lesson.lesson.answer({ choice: 'same', ends: null });
    expect(lesson.state.answers.get(1)?.choice).toBe('same');
    await lesson.train(END, AS_USUAL);
    lesson.lesson.answer({ choice: 'shallow', ends: null });
    expect(lesson.state.answers.get(1)?.choice).toBe('same');
  });

  test('is shown on request, which counts as no idea', async () => {
    const lesson = setUpLesson();
    await lesson.enter(1);
    lesson.lesson.showMe();
    await lesson.worker.idle();
    expect(lesson.state.answers.get(1)).toEqual(NO_IDEA);
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['train']);
  });

  test('comes out otherwise than usual where a quantity lies outside its band', async () => {
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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

  test.each<readonly [string, (lesson: LessonUnderTest) => void]>([
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const { worker, enter } = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
    await lesson.enter(7);
    expect(waits(lesson)).toBeNull();
    lesson.worker.done(trained(lesson.worker, 200, {}));
    await lesson.worker.idle();
    expect(waits(lesson)).toBe('answer');
    lesson.lesson.answer(NO_IDEA);
    expect(waits(lesson)).toBe('deed');
  });

  test('for no deed in a chapter of any race, nor when the lesson is left', async () => {
    const lesson = setUpLesson();
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

test('a shorter end that was set by hand is not gone beyond but by the steps of the chapter', async () => {
  const lesson = setUpLesson();
  await lesson.enter(3);
  lesson.worker.done(trained(lesson.worker, END, {}));
  await lesson.worker.idle();
  lesson.lesson.answer(NO_IDEA);
  lesson.worker.lab.setUntil(250);
  expect(lesson.worker.state.experiment.until).toBe(250);
  lesson.worker.emit(trained(lesson.worker, 250, {}));
  expect(lesson.worker.state.experiment.until).toBe(300);
});

test('an outcome stays when what is kept of it is deleted', async () => {
  const lesson = setUpLesson();
  await lesson.enter(1);
  lesson.lesson.answer(NO_IDEA);
  await lesson.train(END, AS_USUAL);
  lesson.lesson.forget();
  expect(lesson.state.outcomes.size).toBe(0);
  expect(lesson.state.outcome).toMatchObject({ choice: 'shallow', values: { gap: 23 } });
});

test('refusals are told again in each place, and say what comes first', async () => {
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
  await lesson.enter(6);
  const answers = new Map([[6, { choice: 'plain', ends: null, further: 'branch' }]]);
  const outcome = { choice: 'plain', further: 'shortcut', values: {} };
  lesson.lesson.store.setState({ answers, outcome, position: { type: 'outcome' } });
  expect(announced(lesson.state)).toBe(
    'You said “plain-20”. You were right. You said “A branch”. It was “A shortcut”.',
  );
});

test('a second question waits for its own answer, which is kept beside the first', async () => {
  const lesson = setUpLesson();
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
