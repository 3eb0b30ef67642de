import { describe, expect, test } from 'vitest';
import { changedReport, openedReport, progressReport } from '../../testing/fake-worker.ts';
import {
  AS_USUAL,
  END,
  failAll,
  grownFrom,
  type LessonUnderTest,
  setUpLesson,
  trained,
} from '../../testing/lesson-harness.ts';
import { NO_IDEA } from './position.ts';
import { deedTextOf, refusalOf } from './view/lesson-text.ts';

/** Chapter 7 where its race begins, with a question that waits for what is taken there, and its answer. */
async function takeBefore(lesson: LessonUnderTest) {
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

describe('a race that has gone beyond the step of a measurement', () => {
  test('is not measured there: the deed begins the race of the chapter again', async () => {
    const lesson = setUpLesson();
    await lesson.enter(5);
    lesson.lesson.answer({ choice: 'larger', ends: null });
    lesson.worker.emit(trained(lesson.worker, 20, {}));
    lesson.lesson.act();
    await lesson.worker.idle();
    expect(lesson.worker.questions).toEqual([]);
    expect(lesson.worker.asked.map(({ ask }) => ask)).toEqual(['open']);
  });

  test('is opened again where the lesson comes back, and what was trained meanwhile can be brought back', async () => {
    const lesson = setUpLesson();
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

test('what a chapter takes at its start is taken before its first deed, again if it failed', async () => {
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
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

test.each([
  ['settles nothing where a net was changed by hand meanwhile, and changed back', true, true],
  ['settles the chapter where a net was changed by hand later, and changed back', false, undefined],
])('what is measured %s', async (_, isMeanwhile, changed) => {
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
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
