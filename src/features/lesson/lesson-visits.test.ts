import { describe, expect, test, vi } from 'vitest';
import { openedReport, TWO } from '../../testing/fake-worker.ts';
import { AS_USUAL, END, memoryStorage, setUpLesson, trained } from '../../testing/lesson-harness.ts';
import { readLesson } from './address.ts';
import { chapterAt } from './chapters/chapters.ts';
import { keptLesson } from './kept.ts';
import { trainRole } from './lesson-state.ts';
import { NO_IDEA } from './position.ts';

describe('going through the lesson', () => {
  test('Back looks at the question again, Next returns to the outcome and leads on', async () => {
    const lesson = setUpLesson();
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
    const storage = memoryStorage();
    const lesson = setUpLesson(storage);
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
    const lesson = setUpLesson();
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
    const storage = memoryStorage();
    const lesson = setUpLesson(storage);
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
    const lesson = setUpLesson();
    lesson.lesson.begin(5);
    expect(lesson.state).toMatchObject({ on: true, waiting: 5, position: { type: 'question' } });
  });

  test('chapters are short where one took long on this device', () => {
    const storage = memoryStorage();
    const kept = { on: true, waiting: 1, answers: [], outcomes: [], seconds: [[1, 75]] };
    storage.setItem('lesson', JSON.stringify(kept));
    const slow = setUpLesson(storage);
    slow.lesson.begin(1);
    expect(slow.state.chapter.start?.experiment).toEqual(chapterAt(1, 'short')?.start?.experiment);
    const quick = setUpLesson();
    quick.lesson.begin(1);
    expect(quick.state.chapter.start?.experiment).toEqual(chapterAt(1, 'full')?.start?.experiment);
    quick.lesson.begin(1, 'short');
    expect(quick.state.chapter.start?.experiment.until).toBe(100);
  });

  test('what a short chapter took counts as a full one, so that a slow device keeps short chapters', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const lesson = setUpLesson();
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
    const lesson = setUpLesson();
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
    const storage = memoryStorage();
    const lesson = setUpLesson(storage);
    await lesson.enter(1);
    lesson.lesson.answer(NO_IDEA);
    lesson.lesson.forget();
    expect(keptLesson(storage).answers.size).toBe(0);
  });

  test('those of two tabs are kept, and what one of them deletes stays deleted', async () => {
    const storage = memoryStorage();
    const [lesson, other] = [setUpLesson(storage), setUpLesson(storage)];
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
