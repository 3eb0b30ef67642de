import { expect, test } from 'vitest';
import type { Experiment, GainChange } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import type { Chapter } from './chapter.ts';
import { chapterAt } from './chapters/chapters.ts';
import { isChanged, isDone, isPast, type Position, titleAt } from './position.ts';

const { state } = new FakeWorker();

function chapter(number: number): Chapter & { readonly start: NonNullable<Chapter['start']> } {
  const found = chapterAt(number, 'full');
  if (found === null || found.start === null) throw new Error('no such race');
  return { ...found, start: found.start };
}

/** The race of an experiment in which every net has made this many steps. */
function at(step: number, experiment: Experiment) {
  const curve = { steps: step, begun: step, errors: new Float32Array(step), losses: new Float32Array(step) };
  const curveOf = (lane: string) => ({ ...curve, lane, tests: [], divergedAt: null, brokenLayer: null });
  const curves = new Map(experiment.lanes.map(({ name }) => [name, curveOf(name)]));
  return { ...state, experiment, curves };
}

/** All shortcuts of plain-32 or ResNet-32. */
function all(lane: string, gain: number, step: number): readonly GainChange[] {
  return Array.from({ length: 15 }, (_, block) => ({ step, lane, block: block + 1, gain }));
}

test('what a chapter switches itself does not change its race; more does', () => {
  const late = chapter(7);
  const { experiment } = late.start;
  const own = [...all('plain-32', 1, 200), ...all('ResNet-32', 0, 300), ...all('ResNet-32', 1, 350)];
  const isChangedBy = (surgery: readonly GainChange[]) => isChanged(late, at(400, { ...experiment, surgery }));
  expect(isChangedBy(own)).toBe(false);
  expect(isChangedBy([...all('plain-32', 1, 150), ...own.slice(15)])).toBe(true);
  expect(isChangedBy([...own, { step: 250, lane: 'plain-32', block: 2, gain: 0 }])).toBe(true);
  expect(isChangedBy([...own, { step: 380, lane: 'ResNet-32', block: 2, gain: 0.5 }])).toBe(true);
  // What is planned for later has not happened.
  expect(isChangedBy([...own, { step: 401, lane: 'ResNet-32', block: 2, gain: 0.5 }])).toBe(false);
});

test('a net that joins does not change the race of a chapter; one that is gone or begins otherwise does', () => {
  const { start, ...rest } = chapter(2);
  const { experiment } = start;
  const lanes = (...more: Experiment['lanes']) =>
    isChanged({ ...rest, start }, at(150, { ...experiment, lanes: more }));
  const [shallow] = experiment.lanes;
  if (shallow === undefined) throw new Error('no net');
  const other = { name: 'plain-20', net: makeNet('plain', 20) };
  expect(lanes(shallow, other)).toBe(false);
  expect(lanes(other)).toBe(true);
  expect(lanes({ ...shallow, net: { ...shallow.net, gains: shallow.net.gains.with(0, 1) } })).toBe(true);
});

test('only a net that grew is the grown one; a net of its name that was added changes the race', () => {
  const grow = chapter(2);
  const { experiment } = grow.start;
  const [first] = grow.steps;
  const raced = (...more: Experiment['lanes']) => at(150, { ...experiment, lanes: [...experiment.lanes, ...more] });
  const hasGrown = (...more: Experiment['lanes']) =>
    first !== undefined && isDone(first.deed, raced(...more), { readings: {}, seen: [] });
  const added = { name: 'plain-14', net: makeNet('plain', 14) };
  const origin = { lane: 'plain-8', eras: [{ net: makeNet('plain', 8), until: 150 }] };
  const copy = { name: 'plain-8 b', net: makeNet('plain', 8), origin };
  const grown = { ...added, origin };
  expect([hasGrown(added), hasGrown(copy), hasGrown(grown)]).toEqual([false, false, true]);
  const isChangedBy = (...more: Experiment['lanes']) => isChanged(grow, raced(...more));
  expect([isChangedBy(grown), isChangedBy(copy)]).toEqual([false, false]);
  // The chapter's own has another name then, and would not be what is measured.
  expect(isChangedBy(added, { ...grown, name: 'plain-14 b' })).toBe(true);
});

test('a deed that measures is past where a net has gone on; training is not', () => {
  const suspect = chapter(5);
  const { experiment } = suspect.start;
  const isPastAt = (index: number, step: number) => isPast(suspect, { type: 'step', index }, at(step, experiment));
  expect([isPastAt(0, 0), isPastAt(0, 1)]).toEqual([false, true]);
  expect([isPastAt(1, 20), isPastAt(2, 20), isPastAt(2, 21)]).toEqual([false, false, true]);
});

test('the headline is that of the question which was asked last', () => {
  const cut = chapter(6);
  const first = 'What if a trained net loses a block?';
  const second = 'And without one of its shortcuts?';
  const titleOf = (position: Position) => titleAt(position, cut);
  expect([titleOf({ type: 'question' }), titleOf({ type: 'step', index: 0 })]).toEqual([first, first]);
  expect([titleOf({ type: 'further' }), titleOf({ type: 'step', index: 1 })]).toEqual([second, second]);
  expect(titleAt({ type: 'step', index: 1 }, chapter(5))).toBe('Do gradients vanish in a deep net?');
});
