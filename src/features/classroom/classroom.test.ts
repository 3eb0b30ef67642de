import { describe, expect, onTestFinished, test } from 'vitest';
import { PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import { zh } from '../../language/zh/catalog.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { changedReport, FakeWorker, TWO } from '../../testing/fake-worker.ts';
import type { Chapter } from '../lesson/chapter.ts';
import { chapterAt } from '../lesson/chapters/chapters.ts';
import { NOTHING_KEPT } from '../lesson/kept.ts';
import type { LessonState } from '../lesson/lesson-state.ts';
import { NO_IDEA, type Position } from '../lesson/position.ts';
import {
  answerOfClass,
  answerText,
  coveredLane,
  coversCurves,
  createClassroom,
  MOST_ANSWERS,
  readCover,
  uncoverLostLanes,
  votableAnswers,
  withPresenting,
} from './classroom.ts';

test('a cover asks the class, and holds only while the page is presented', () => {
  const classroom = createClassroom();
  const { getState } = classroom.store;
  classroom.cover({ type: 'curves' }, ['plain-8', 'plain-32', 'about the same']);
  expect(coversCurves(getState())).toBe(false);
  classroom.present(true);
  expect(coversCurves(getState())).toBe(true);
  expect(getState().votes).toEqual([
    { answer: 'plain-8', count: 0 },
    { answer: 'plain-32', count: 0 },
    { answer: 'about the same', count: 0 },
  ]);
  classroom.setVotes([{ answer: 'the deep one', count: 31 }]);
  classroom.cover({ type: 'lane', lane: 'plain-32' }, ['plain-8']);
  expect(coveredLane(getState())).toBe('plain-32');
  classroom.uncover();
  expect(coveredLane(getState())).toBeNull();
  expect(getState().votes).toEqual([{ answer: 'the deep one', count: 31 }]);
  classroom.cover({ type: 'curves' }, ['yes', 'no']);
  expect(getState().votes.map(({ answer }) => answer)).toEqual(['yes', 'no']);
});

test('a class is asked for a few answers at most', () => {
  const classroom = createClassroom();
  const many = Array.from({ length: 12 }, (_, nth) => `net ${nth}`);
  classroom.cover({ type: 'curves' }, many);
  expect(classroom.store.getState().votes).toHaveLength(MOST_ANSWERS);
});

test('a class chooses among the nets or, where these are too many for a show of hands, between the families', () => {
  const lesson = lessonAt(1, { type: 'question' });
  const asked = (preset: PresetName) => votableAnswers({ ...lesson, on: false }, PRESETS[preset]).map(answerText);
  expect(asked('degradation')).toEqual(['plain-8', 'plain-32', 'ResNet-32', 'about the same']);
  for (const many of ['sweep', 'cures', 'no-norm'] as const)
    expect(asked(many)).toEqual(['a plain net', 'a residual net', 'about the same']);
  const { sweep } = PRESETS;
  const ofOneFamily = { ...sweep, lanes: sweep.lanes.filter(({ net }) => net.family === 'residual') };
  expect(votableAnswers({ ...lesson, on: false }, ofOneFamily).map(answerText)).toEqual(['about the same']);
});

test('an address asks for the presentation and what it covers', () => {
  const read = (query: string) => readCover(new URL(query, 'https://example.org/'), PRESETS.degradation);
  expect(read('?present')).toEqual({ type: 'none' });
  expect(read('?present&cover=curves')).toEqual({ type: 'curves' });
  expect(read('?cover=ResNet-32')).toEqual({ type: 'lane', lane: 'ResNet-32' });
  expect(read('?cover=ResNet-33')).toEqual({ type: 'none' });
  const address = withPresenting(new URL('https://example.org/?preset=twins'), true);
  expect(address.searchParams.has('present')).toBe(true);
  expect(withPresenting(address, false).href).toBe('https://example.org/?preset=twins');
});

test('a lane is covered as long as the race has it', async () => {
  const classroom = createClassroom();
  const { getState } = classroom.store;
  const worker = new FakeWorker();
  uncoverLostLanes(classroom, worker.lab);
  // As by a link, whose race is still to be opened.
  const covered = { type: 'lane', lane: 'ResNet-8' } as const;
  classroom.cover(covered, ['plain-8', 'ResNet-8']);
  await worker.open(TWO);
  expect(getState().cover).toEqual(covered);
  worker.emit(changedReport({ ...TWO, lanes: TWO.lanes.filter(({ name }) => name !== 'plain-8') }, 0));
  expect(getState().cover).toEqual(covered);
  worker.emit(changedReport({ ...TWO, lanes: TWO.lanes.filter(({ name }) => name === 'plain-8') }, 0));
  expect(getState().cover).toEqual({ type: 'none' });
});

describe('the class answers a chapter', () => {
  /** The counts of hands, in the order of the answers of the question. */
  const answered = (number: number, counts: readonly number[], position: Position = { type: 'question' }) => {
    const lesson = lessonAt(number, position);
    const votes = votableAnswers(lesson, TWO).map((answer, nth) => ({ answer, count: counts[nth] ?? 0 }));
    return answerOfClass(votes, lesson);
  };

  test('as most hands do, with the curve ends of that answer', () => {
    expect(answered(1, [3, 40, 12])).toEqual({ choice: 'deep', ends: { 'plain-8': 60, 'plain-32': 45 } });
    expect(answered(5, [31, 4, 2])).toEqual({ choice: 'smaller', ends: null });
  });

  test('its second question, too', () => {
    expect(answered(6, [1, 9, 0], { type: 'further' })).toEqual({ choice: 'shortcut', ends: null });
  });

  test('with no idea where no hand is up, where two have as many, or where the lecturer asked something else', () => {
    expect(answered(1, [0, 0, 0])).toEqual(NO_IDEA);
    expect(answered(1, [7, 7, 2])).toEqual(NO_IDEA);
    const lesson = lessonAt(1, { type: 'question' });
    expect(answerOfClass([], lesson)).toEqual(NO_IDEA);
    expect(answerOfClass([{ answer: 'it depends', count: 30 }], lesson)).toEqual(NO_IDEA);
  });

  test('in another language, too, where that is chosen after the hands were counted', () => {
    const lesson = lessonAt(1, { type: 'question' });
    const votes = votableAnswers(lesson, TWO).map((answer, nth) => ({ answer, count: nth === 0 ? 9 : 0 }));
    const [first] = lesson.chapter.question.choices;
    onTestFinished(() => speak('en', en));
    speak('zh', zh);
    expect(answerOfClass(votes, lesson).choice).toBe(first?.id);
    expect(answerText(votes[0]?.answer ?? '')).toBe(first?.label());
    expect(answerText(votes[0]?.answer ?? '')).toMatch(/层/);
  });

  test('with votes that go when something else is asked', () => {
    const classroom = createClassroom();
    classroom.cover({ type: 'curves' }, ['8 layers', '32 layers']);
    classroom.setVotes([{ answer: '8 layers', count: 5 }]);
    classroom.ask(['yes', 'no']);
    expect(classroom.store.getState().votes).toEqual([
      { answer: 'yes', count: 0 },
      { answer: 'no', count: 0 },
    ]);
    classroom.uncover();
    classroom.ask(['ahead', 'behind']);
    expect(classroom.store.getState().votes).toEqual([]);
  });
});

describe('each question has votes of its own, presented or not', () => {
  const setUp = () => {
    const worker = new FakeWorker();
    const { classroom, lesson } = fakeStores(worker);
    const votes = () => classroom.store.getState().votes;
    return { worker, classroom, lesson, votes, asked: () => votes().map(({ answer }) => answerText(answer)) };
  };
  const VOTED = [{ answer: 'The same', count: 20 }];

  test('in the lesson: of another chapter, of a second question, and of the race where it is left', () => {
    const { classroom, lesson, votes, asked } = setUp();
    lesson.begin(6);
    classroom.setVotes(VOTED);
    lesson.answer({ choice: 'plain', ends: null });
    expect(votes()).toEqual(VOTED);
    lesson.store.setState({ position: { type: 'further' } });
    expect(votes()).toEqual([]);
    classroom.cover({ type: 'curves' }, []);
    classroom.setVotes(VOTED);
    lesson.store.setState({ position: { type: 'step', index: 1 } });
    lesson.store.setState({ position: { type: 'outcome' } });
    expect(votes()).toEqual(VOTED);
    lesson.begin(7);
    const { choices } = chapterOf(7).question;
    expect(asked()).toEqual(choices.map(({ label }) => label()));
    lesson.leave(false);
    expect(asked()).toEqual(['about the same']);
  });

  test('outside the lesson: of another race with other nets, not of one that is reset or gets a net', async () => {
    const { worker, classroom, votes, asked } = setUp();
    await worker.open(TWO);
    classroom.cover({ type: 'curves' }, []);
    classroom.setVotes(VOTED);
    await worker.open({ ...TWO, recipe: { ...TWO.recipe, seed: 2 } });
    worker.emit(changedReport({ ...TWO, lanes: [...TWO.lanes, ...PRESETS.degradation.lanes.slice(1)] }, 0));
    expect(votes()).toEqual(VOTED);
    await worker.open(PRESETS.degradation);
    expect(asked()).not.toContain('The same');
    expect(asked()).toEqual(expect.arrayContaining(PRESETS.degradation.lanes.map(({ name }) => name)));
    classroom.uncover();
    await worker.open(TWO);
    expect(votes()).toEqual([]);
  });
});

function lessonAt(number: number, position: Position): LessonState {
  return { ...NOTHING_KEPT, ...OPENED, chapter: chapterOf(number), position };
}

const OPENED = {
  wasOn: true,
  looksBack: false,
  readings: {},
  isOfChanged: false,
  outcome: null,
  seen: [],
  failed: false,
  measuring: false,
  refusals: 0,
  refused: 'train',
  quizDraft: null,
  name: '',
} as const;

function chapterOf(number: number): Chapter {
  const chapter = chapterAt(number, 'full');
  if (chapter === null) throw new Error(`no chapter ${number}`);
  return chapter;
}
