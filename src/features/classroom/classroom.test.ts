import { expect, test } from 'vitest';
import { coveredLane, coversCurves, createClassroom, MOST_ANSWERS, readCover, withPresenting } from './classroom.ts';

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

test('an address asks for the presentation and what it covers', () => {
  const read = (query: string) => readCover(new URL(query, 'https://example.org/'));
  expect(read('?present')).toEqual({ type: 'none' });
  expect(read('?present&cover=curves')).toEqual({ type: 'curves' });
  expect(read('?cover=ResNet-32')).toEqual({ type: 'lane', lane: 'ResNet-32' });
  const address = withPresenting(new URL('https://example.org/?preset=twins'), true);
  expect(address.searchParams.has('present')).toBe(true);
  expect(withPresenting(address, false).href).toBe('https://example.org/?preset=twins');
});
