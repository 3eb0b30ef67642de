import { expect, test, vi } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import { makeNet } from '../../core/net/net.ts';
import { FakeWindow } from '../../testing/fake-window.ts';
import { changedReport, FakeWorker, openedReport } from '../../testing/fake-worker.ts';
import { createInsightClient } from '../insight/insight-client.ts';
import { followAddress } from '../share/address.ts';
import { writeLink } from '../share/link.ts';
import { createSlowMotion } from '../slow-motion/slow-motion.ts';
import { followLesson } from './address.ts';
import { createLesson } from './lesson.ts';

const SITE = 'https://example.org/';
const OWN = { ...PRESETS.twins, recipe: { ...PRESETS.twins.recipe, seed: 7 } };

/** A page with the lesson at a chapter, or put away, as one is that was opened at this address. */
async function pageAt(href: string, chapter: number | null) {
  const worker = new FakeWorker();
  const insight = createInsightClient(worker.lab.store, worker.lab);
  const slowMotion = createSlowMotion(worker.lab);
  const parts = { lab: worker.lab, insight, slowMotion, storage: null, playsAtOnce: () => false, goTo: () => {} };
  const lesson = createLesson(parts);
  /** The worker opens what it is asked to, and the page has heard of it. */
  const stands = async () => {
    await worker.idle();
    const asked = worker.asked.findLast(({ ask }) => ask === 'open')?.experiment;
    // Training ends where another race is opened.
    while (worker.asked[0]?.ask === 'train') worker.done();
    if (asked !== undefined) worker.done(openedReport(asked));
    await worker.idle();
    return asked;
  };
  if (chapter === null) worker.lab.open(PRESETS.degradation);
  else lesson.open(chapter);
  await stands();
  const page = new FakeWindow(href);
  /** The tasks of the addresses that were read again. */
  const tasks: (string | null)[] = [];
  const onAnother = ({ searchParams }: URL) => tasks.push(searchParams.get('task'));
  followLesson(lesson, worker.lab, page, onAnother);
  followAddress(worker.lab, page, () => lesson.store.getState().on, onAnother);
  return { worker, lesson, page, tasks, stands };
}

test('a link that is pasted into the page of a chapter is opened, and keeps its address', async () => {
  const { lesson, page, stands } = await pageAt(SITE, 1);
  const { href } = writeLink(new URL(SITE), OWN);
  page.goTo(href);
  expect(await stands()).toEqual(OWN);
  expect(lesson.store.getState().on).toBe(false);
  expect(page.entries).toEqual([SITE, href]);
});

test('Back from a chapter opens the experiment that was there before', async () => {
  const { lesson, page, stands } = await pageAt(SITE, 1);
  page.goTo(`${SITE}?preset=twins`);
  await stands();
  lesson.resume();
  await stands();
  expect(lesson.store.getState()).toMatchObject({ on: true, chapter: { number: 1 } });
  page.go(-1);
  expect(await stands()).toEqual(PRESETS.twins);
  expect(lesson.store.getState().on).toBe(false);
  expect(page.entries).toEqual([SITE, `${SITE}?preset=twins`, `${SITE}?chapter=1`]);
});

test('the chapter at which a visitor comes back has an address, to which Back returns', async () => {
  const { lesson, page, stands } = await pageAt(`${SITE}?backend=wasm`, 5);
  expect(page.entries).toEqual([`${SITE}?backend=wasm&chapter=5`]);
  lesson.open(6);
  await stands();
  page.go(-1);
  await stands();
  expect(lesson.store.getState()).toMatchObject({ on: true, waiting: 5 });
});

test('Back to the bare address where the visitor explored opens its experiment, and no chapter', async () => {
  const { lesson, worker, page, stands } = await pageAt(SITE, null);
  worker.lab.openInstead(PRESETS.twins);
  await stands();
  expect(page.entries).toEqual([SITE, `${SITE}?preset=twins`]);
  page.go(-1);
  expect(await stands()).toEqual(PRESETS.degradation);
  expect(lesson.store.getState().on).toBe(false);
  lesson.open(5);
  await stands();
  expect(page.entries).toEqual([SITE, `${SITE}?chapter=5`]);
  page.go(-1);
  expect(await stands()).toEqual(PRESETS.degradation);
  expect(lesson.store.getState()).toMatchObject({ on: false, waiting: 5 });
  expect(page.entries).toHaveLength(2);
});

test('the bare address is that of the first chapter until the lesson was left there', async () => {
  const { lesson, worker, page, stands } = await pageAt(SITE, 1);
  worker.lab.openInstead(PRESETS.twins);
  await stands();
  page.go(-1);
  await stands();
  expect(lesson.store.getState()).toMatchObject({ on: true, chapter: { number: 1 } });
  lesson.leave(true);
  worker.lab.openInstead(PRESETS.twins);
  await stands();
  page.go(-1);
  expect(await stands()).toEqual(PRESETS.degradation);
  expect(lesson.store.getState().on).toBe(false);
  expect(page.entries).toEqual([SITE, `${SITE}?preset=twins`]);
});

test('a link that was cut short keeps its address, so that it can be said', async () => {
  const { page } = await pageAt(`${SITE}#v=2`, 5);
  expect(page.entries).toEqual([`${SITE}#v=2`]);
});

test('exploring has the address of the race, and a link to it is without the chapter', async () => {
  const { lesson, page } = await pageAt(`${SITE}?chapter=5`, 5);
  lesson.leave(false);
  expect(page.at).toBe(1);
  expect(new URL(page.location.href).searchParams.has('chapter')).toBe(false);
  expect(writeLink(new URL(`${SITE}?chapter=5&lang=zh`), OWN).href).toMatch(
    /^https:\/\/example\.org\/\?lang=zh#v=2&x=/,
  );
});

const TASK = 'task=Look&stop=60';

test('the race from which the chapter grew a net is still its own', async () => {
  const { lesson, worker, page } = await pageAt(`${SITE}?chapter=2&${TASK}`, 2);
  const { experiment } = worker.state;
  const net = { ...makeNet('plain', 8), depth: 14 };
  const grown = {
    name: 'plain-14',
    net,
    origin: { lane: 'plain-8', eras: [{ net: makeNet('plain', 8), until: 150 }] },
  };
  worker.emit(changedReport({ ...experiment, lanes: [...experiment.lanes, grown] }, 150));
  lesson.leave(false);
  expect(new URL(page.location.href).searchParams.get('task')).toBe('Look');
  const asked = worker.asked.length;
  lesson.resume();
  await worker.idle();
  expect(lesson.store.getState().on).toBe(true);
  expect(worker.asked).toHaveLength(asked);
});

test('a chapter that begins again does not read the words of its address again', async () => {
  const { lesson, page, tasks, stands } = await pageAt(`${SITE}?chapter=3&${TASK}`, 3);
  lesson.begin(3);
  await stands();
  expect(tasks).toEqual([]);
  expect(page.location.href).toBe(`${SITE}?chapter=3&${TASK}`);
});

test('a lecturer’s words and stop go with their chapter, and come back with it', async () => {
  const { lesson, page, tasks, stands } = await pageAt(`${SITE}?chapter=3&${TASK}&lang=zh`, 3);
  lesson.open(4);
  await stands();
  expect(page.location.href).toBe(`${SITE}?lang=zh&chapter=4`);
  expect(tasks).toEqual([null]);
  page.go(-1);
  await stands();
  expect(page.location.href).toBe(`${SITE}?chapter=3&${TASK}&lang=zh`);
  expect(tasks).toEqual([null, 'Look']);
});

test('a returning visitor reads the words of a bare link in the chapter where the lesson waits', async () => {
  const { page } = await pageAt(`${SITE}?${TASK}`, 5);
  expect(page.location.href).toBe(`${SITE}?${TASK}&chapter=5`);
});

test('who explores the race of a chapter keeps the words, also when coming back; another race has none', async () => {
  const { lesson, worker, page, tasks, stands } = await pageAt(`${SITE}?chapter=3&${TASK}`, 3);
  lesson.leave(false);
  expect(new URL(page.location.href).searchParams.get('task')).toBe('Look');
  await lesson.resume();
  expect(page.location.href).toBe(`${SITE}?${TASK}&chapter=3`);
  const entries = page.entries.length;
  worker.lab.openInstead(PRESETS.tiny);
  await stands();
  expect(lesson.store.getState().on).toBe(false);
  expect(page.entries.slice(entries)).toEqual([`${SITE}?preset=tiny`]);
  expect(tasks.at(-1)).toBeNull();
});

test('the race of a chapter that Undo brings back has no words of the chapter before', async () => {
  const { lesson, worker, page, tasks, stands } = await pageAt(`${SITE}?chapter=3&${TASK}`, 3);
  lesson.open(4);
  await stands();
  const { experiment } = worker.state;
  const [lane] = experiment.lanes;
  const cut = { step: 0, lane: lane?.name ?? '', block: 1, gain: 0 };
  worker.emit(changedReport({ ...experiment, surgery: [cut] }, 0));
  worker.lab.openInstead(PRESETS.tiny);
  await stands();
  vi.useFakeTimers();
  worker.lab.undo();
  await vi.advanceTimersByTimeAsync(0);
  worker.done(openedReport(experiment));
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(lesson.store.getState().on).toBe(false);
  expect(worker.state.experiment.lanes).toEqual(experiment.lanes);
  expect(new URL(page.location.href).searchParams.has('task')).toBe(false);
  expect(tasks.filter((task) => task !== null)).toEqual([]);
});
