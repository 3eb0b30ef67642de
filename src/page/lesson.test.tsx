// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import type { EvidenceRecord } from '../core/results/evidence.ts';
import type { SavedRun } from '../core/results/run.ts';
import { InsightFigure } from '../features/insight/view/InsightFigure.tsx';
import { LookInside } from '../features/insight/view/LookInside.tsx';
import { LessonStrip } from '../features/lesson/view/LessonStrip.tsx';
import { Predictions } from '../features/own-image/view/Predictions.tsx';
import { useRaces } from '../features/race/curves/use-races.ts';
import { RunsDialog } from '../features/runs/view/RunsDialog.tsx';
import { SlowButton } from '../features/slow-motion/view/SlowControls.tsx';
import { SlowNotes } from '../features/slow-motion/view/SlowNotes.tsx';
import { createStores, type Stores } from '../features/stores.ts';
import { StoresContext } from '../features/use-stores.ts';
import { say } from '../language/say.ts';
import { fakeLibrary } from '../testing/fake-library.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../testing/fake-worker.ts';
import { StepButton, TrainButton } from './header/Transport.tsx';
import { QuestionStrip } from './QuestionStrip.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
vi.mock('../features/paper/RecordedDepth.tsx', () => ({
  RecordedDepth: () => {
    throw new Error('not loaded');
  },
}));
// happy-dom has no locks, and says null where a browser says undefined.
Object.defineProperty(navigator, 'locks', { value: undefined });

let close = () => {};
afterEach(() => close());

/** A chapter at its question, with what a test renders of the page. */
async function openChapter(children: ReactNode, number = 1) {
  const worker = new FakeWorker();
  const stores = createStores({
    lab: worker.lab,
    librarian: fakeLibrary({}),
    startPretrained: () => ({ call: () => expect.unreachable('no net is loaded'), end: () => {} }),
    locks: null,
    storage: null,
    goTo: () => {},
    newId: () => 'id',
  });
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  close = () => {
    act(() => root.unmount());
    element.remove();
  };
  await act(async () => {
    stores.lesson.open(number);
    // One chapter takes any race.
    worker.done(openedReport(stores.lesson.store.getState().chapter.start?.experiment ?? TWO));
    await worker.idle();
    root.render(<StoresContext value={stores}>{children}</StoresContext>);
  });
  return { worker, stores, element };
}

/** Answers the question, and has the race come to its outcome. */
async function comeOut({ worker, stores }: { readonly worker: FakeWorker; readonly stores: Stores }) {
  await act(async () => {
    stores.lesson.answer({ choice: 'shallow', ends: null });
    stores.lesson.act();
    await worker.idle();
    const { lanes, until } = worker.state.experiment;
    worker.done(
      progressReport(
        until,
        lanes.map(({ name }) => points(name, 0, until)),
      ),
    );
    await worker.idle();
  });
  expect(stores.lesson.store.getState().position.type).toBe('outcome');
}

function Drawn() {
  const { series, past, seeds } = useRaces();
  return (
    <p>{[...series, ...past.flatMap((race) => race.series)].map(({ name }) => `${name} of ${seeds}`).join('; ')}</p>
  );
}

test('while a net is sealed, neither means over seeds nor past runs tell of it', async () => {
  const page = await openChapter(<Drawn />);
  const { experiment } = page.worker.state;
  const run = (seed: number, learningRate: number): SavedRun => ({
    ...{ id: `${seed}/${learningRate}`, name: null, startedAt: 0, device: null, step: 2 },
    experiment: { ...experiment, recipe: { ...experiment.recipe, seed, learningRate } },
    curves: experiment.lanes.map(({ name }) => ({
      ...{ lane: name, tests: [], divergedAt: null },
      errors: Float32Array.of(80, 70),
      losses: Float32Array.of(2, 2),
    })),
  });
  const { learningRate } = experiment.recipe;
  await act(async () => {
    page.stores.runs.store.setState({
      runs: [run(1, learningRate), run(2, learningRate), run(3, learningRate), run(1, 0.5)],
      shown: new Set(['1/0.5']),
    });
    page.stores.repeats.store.setState({ showing: true });
  });
  expect(page.element.textContent).toBe('plain-8 of 0; plain-32 of 0');
  await comeOut(page);
  expect(page.element.textContent).toMatch(/ResNet-32 of 3.*A ResNet-32/);
});

function Behind() {
  return (
    <p>
      {useRaces()
        .past.map(({ name }) => name)
        .join()}
    </p>
  );
}

test('a record that would answer a question of the lesson comes behind the race once that is answered', async () => {
  const { worker, stores, element } = await openChapter(<Behind />, 5);
  const record: EvidenceRecord = {
    format: 'resnet-playground-record',
    version: 1,
    name: 'made up',
    seeds: [],
    runs: [],
    experiment: worker.state.experiment,
    data: { sha256: '', train: 0, test: 0, majority: 70 },
  };
  await act(async () => stores.ghost.show(record));
  expect(element.textContent).toBe('');
  await act(async () => stores.lesson.answer({ choice: 'larger', ends: null }));
  expect(element.textContent).toContain('made up');
});

test('while a net is sealed, no part of the page names it', async () => {
  const round = { images: [], steps: ['plain-8', 'ResNet-32'].map(stepOf) };
  const moment = { phase: 'update', nth: 0 } as const;
  const page = await openChapter(
    <>
      <SlowNotes round={round} moment={moment} />
      <LookInside />
      <InsightFigure name="features" height={200} compact />
      <Predictions />
    </>,
  );
  await act(async () => page.stores.insight.openFigure('gradients'));
  expect(page.element.textContent).toContain('plain-32');
  expect(page.element.textContent).not.toContain('ResNet-32');
  await comeOut(page);
  expect(page.element.textContent).toContain('ResNet-32');
});

test('while a net is sealed, no file of the current run tells of it', async () => {
  const page = await openChapter(<RunsDialog open onOpen={() => {}} />);
  const { experiment } = page.worker.state;
  const curves = experiment.lanes.map(({ name }) => ({
    ...{ lane: name, tests: [], divergedAt: null },
    errors: Float32Array.of(80, 70),
    losses: Float32Array.of(2, 2),
  }));
  const run = { id: 'now', name: 'a run', startedAt: 0, device: null, step: 2, experiment, curves };
  await act(async () => {
    page.stores.runs.store.setState({ runs: [run] });
    page.stores.autosave.store.setState({ current: 'now' });
  });
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) files.push(file);
    return 'blob:';
  });
  const save = async () => {
    files.length = 0;
    const names = [/^Save the numbers of a run/, /^Save a run as JSON/, /^Save selected/];
    for (const button of document.querySelectorAll('button')) {
      const name = button.getAttribute('aria-label') ?? button.textContent ?? '';
      if (names.some((known) => known.test(name))) await act(async () => button.click());
    }
    expect(files).toHaveLength(names.length);
    const texts = await Promise.all(files.map((file) => file.text()));
    return texts.map((text) => /ResNet-32,|"name":"ResNet-32","divergedAt"/.test(text));
  };
  expect(await save()).toEqual([false, false, false]);
  await comeOut(page);
  expect(await save()).toEqual([true, true, true]);
});

function stepOf(lane: string) {
  return { lane, step: 1, loss: 2, error: 80, forward: [], backward: [], update: [], answers: [] };
}

test('before the answer Train, Step and slow motion lead to it', async () => {
  const page = await openChapter(
    <>
      <TrainButton />
      <StepButton />
      <SlowButton />
    </>,
  );
  for (const button of page.element.querySelectorAll('button')) await act(async () => button.click());
  expect(page.stores.lesson.store.getState().refusals).toBe(3);
  expect(page.worker.asked).toEqual([]);
});

test('training before its time leads the focus to the answers, then to the deed that comes first', async () => {
  const { stores, element } = await openChapter(
    <>
      <TrainButton />
      <LessonStrip />
    </>,
    5,
  );
  const train = element.querySelector('button') ?? expect.unreachable('no Train');
  const status = () => element.querySelector('[role="status"]')?.textContent;
  await act(async () => train.click());
  expect(document.activeElement?.getAttribute('role')).toBe('radio');
  expect(status()).toBe('Guess first. There is nothing to lose.');
  await act(async () => stores.lesson.answer({ choice: 'larger', ends: null }));
  expect(status()).toBe('Guess kept: Much larger.');
  await act(async () => train.click());
  expect(document.activeElement?.textContent).toBe('Measure');
  expect(status()).toBe('Not yet: “Measure” comes first.');
});

test('the focus goes from Next to the new question, which is said, and over to what the lesson leaves behind', async () => {
  const page = await openChapter(<QuestionStrip />);
  const { stores, worker, element } = page;
  const button = (text: string) =>
    [...element.querySelectorAll('button')].find(({ textContent }) => textContent === text) ??
    expect.unreachable(`no ${text}`);
  const press = (text: string) =>
    act(async () => {
      button(text).focus();
      button(text).click();
      await worker.idle();
    });
  await comeOut(page);
  await press('Back');
  expect(document.activeElement).toBe(button('Back'));
  await press('Next');
  await press('Next: does it have to be so?');
  expect(stores.lesson.store.getState().chapter.number).toBe(2);
  expect(document.activeElement?.textContent).toContain('Is there a deeper net that is no worse?');
  expect(element.querySelector('[role="status"]')?.textContent).toBe('Is there a deeper net that is no worse?');
  await press('Explore freely');
  expect(document.activeElement).toBe(button('Back to the lesson'));
  await press('Back to the lesson');
  expect(document.activeElement?.closest('[data-lesson]')).not.toBeNull();
});

test('an outcome of which all that is kept was deleted is still shown', async () => {
  const page = await openChapter(<LessonStrip />);
  await comeOut(page);
  await act(async () => page.stores.lesson.forget());
  const shown = page.element.querySelector('[data-page="outcome"]') ?? expect.unreachable('no outcome');
  expect(shown.querySelector('[role="status"]')?.textContent).toBe('It was “The same”.');
  expect(shown.textContent).toContain('plain-32 is 0.0 points behind plain-8');
});

test('where what is recorded beside the last chapter cannot be loaded, its outcome stays', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {});
  const page = await openChapter(<LessonStrip />, 8);
  await act(async () => {
    page.stores.lesson.answer({ choice: 'fewer', ends: null });
    page.stores.lesson.reach('family');
  });
  await vi.waitFor(() => expect(page.element.querySelector('[role="alert"]')).not.toBeNull());
  expect(page.element.querySelector('[data-page="outcome"] h2')).not.toBeNull();
  expect(page.element.textContent).toContain('Back');
  written.mockRestore();
});

test('what was chosen in the quiz and typed beside it is there when the predictions are opened again', async () => {
  const { stores, element } = await openChapter(<LessonStrip />);
  const opens =
    [...element.querySelectorAll('button')].find(({ textContent }) => textContent === say('lesson.end')) ??
    expect.unreachable('no button to the predictions');
  await act(async () => opens.click());
  const begins = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === say('lesson.quizBegin'),
  );
  await act(async () => begins?.click());
  const options = () => [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  await act(async () => options()[1]?.click());
  await act(async () => stores.lesson.sign('Ada'));
  await act(async () => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  expect(options()).toEqual([]);
  await act(async () => opens.click());
  expect(
    options()
      .map(({ checked }) => checked)
      .indexOf(true),
  ).toBe(1);
  expect(document.querySelector<HTMLInputElement>('input[maxlength="80"]')?.value).toBe('Ada');
});
