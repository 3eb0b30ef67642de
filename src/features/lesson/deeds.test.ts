import { expect, test } from 'vitest';
import { changedReport } from '../../testing/fake-worker.ts';
import { END, grownFrom, setUpLesson, trained } from '../../testing/lesson-harness.ts';
import { NO_IDEA } from './position.ts';

test('a step in slow motion that is being made is not made twice, nor is its race begun again', async () => {
  const lesson = setUpLesson();
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
  const lesson = setUpLesson();
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
