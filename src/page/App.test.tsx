// @vitest-environment happy-dom
import { act, Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StoresContext } from '../features/use-stores.ts';
import { renders } from '../testing/count-renders.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../testing/fake-worker.ts';
import { App } from './App.tsx';

// Every element of the page is made of a component that counts. Radix imports another runtime and is not counted.
vi.mock('react/jsx-dev-runtime', async (load) => {
  const { jsxDEV, ...runtime } = await load<typeof import('react/jsx-dev-runtime')>();
  const { counted } = await import('../testing/count-renders.ts');
  const counting: typeof jsxDEV = (type, ...rest) => jsxDEV(counted(type), ...rest);
  return { ...runtime, jsxDEV: counting };
});

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// happy-dom has no locks, and says null where a browser says undefined.
Object.defineProperty(navigator, 'locks', { value: undefined });

const LANES = TWO.lanes.map(({ name }) => name);
const commits = vi.fn();
let close = () => {};

beforeEach(() => {
  // happy-dom has no layout.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 900, 372));
});

afterEach(() => {
  close();
  vi.restoreAllMocks();
});

/** The page while a race of two nets trains, after 40 steps. */
async function openPage() {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  close = () => {
    act(() => root.unmount());
    element.remove();
  };
  renders.clear();
  await act(async () =>
    root.render(
      <StoresContext value={stores}>
        <Profiler id="page" onRender={commits}>
          <App />
        </Profiler>
      </StoresContext>,
    ),
  );
  expect(renders.get('App')).toBe(1);
  await act(async () => {
    await worker.open(TWO);
    worker.emit({ type: 'training', training: true });
    worker.emit(report(0, 40));
    await worker.idle();
  });
  return { worker, stores, element };
}

function report(from: number, count: number, lanes = LANES) {
  return progressReport(
    from + count,
    lanes.map((lane) => points(lane, from, count)),
  );
}

/** The components that rendered for an action, each once. */
async function rendersOf(action: () => void): Promise<readonly string[]> {
  renders.clear();
  commits.mockClear();
  await act(async () => action());
  expect(commits).toHaveBeenCalled();
  return [...renders.keys()].sort();
}

/** The two figures and all that is in them. */
const FIGURES = [
  ...['Figures', 'TrainingError', 'CurvesHead', 'TrainingPlot', 'LaneCurve', 'Marks', 'EndLabels', 'StepPointer'],
  ...['Crosshair', 'Tooltip', 'Range', 'ErrorByDepth', 'DepthPlot', 'DepthMark', 'PastKey', 'SaveFigureMenu'],
  ...['FigureMenu', 'FigureSlot', 'Toggled', 'LowerIsBetter'],
  ...['DropdownMenu', 'DropdownMenuPortal', 'LabelText', 'DepthGuesses'],
];

function outsideOfFigures(rendered: readonly string[]): readonly string[] {
  return rendered.filter((name) => !FIGURES.includes(name));
}

test('a report of training renders the numbers and charts that it changes, and App not once', async () => {
  const { worker } = await openPage();
  for (let step = 40; step < 50; step++) {
    const rendered = await rendersOf(() => worker.emit(report(step, 1)));
    expect(commits).toHaveBeenCalledOnce();
    expect(renders.get('App') ?? 0).toBe(0);
    expect(rendered).toContain('TrainingPlot');
    expect(outsideOfFigures(rendered)).toEqual([
      ...['ColouredText', 'Curves', 'Piece', 'Said', 'Step', 'Story', 'StoryAndFigures', 'TrainingErrorNow'],
    ]);
    expect(renders.get('TrainingErrorNow')).toBe(LANES.length);
  }
});

test('a report of one lane renders the numbers of that lane alone', async () => {
  const { worker, element } = await openPage();
  await rendersOf(() => worker.emit(report(40, 1, LANES.slice(1))));
  expect(renders.get('TrainingErrorNow')).toBe(1);
  expect(renders.get('LaneRow') ?? 0).toBe(0);
  expect(element.querySelector('header [aria-live="off"]')?.textContent).toBe('step 41 of 100');
});

test('a shortcut that is cut renders the row of its lane alone, and of its strip that block', async () => {
  const { worker, element } = await openPage();
  const surgery = [{ step: 40, lane: 'ResNet-8', block: 2, gain: 0 }];
  // As the worker tells it: a copy, of which no object is one that the page has.
  await rendersOf(() => worker.emit(structuredClone(changedReport({ ...TWO, surgery }, 40))));
  expect(element.querySelector('[aria-label="ResNet-8"] [data-block="2"]')?.getAttribute('aria-checked')).toBe('false');
  expect(['Lanes', 'LaneRow', 'Strip', 'Block'].map((name) => renders.get(name) ?? 0)).toEqual([0, 1, 1, 1]);
  expect(renders.get('App') ?? 0).toBe(0);
});

function overCurves(element: HTMLElement): Element {
  return element.querySelector('[data-fleeting][role="slider"]') ?? expect.unreachable('no curves');
}

test('zoomed curves are shown whole when the race begins again', async () => {
  const { worker, element } = await openPage();
  const key = new KeyboardEvent('keydown', { key: '+', bubbles: true });
  await act(async () => overCurves(element).dispatchEvent(key));
  expect(element.textContent).toContain('Reset zoom');
  await act(async () => {
    worker.emit(openedReport(TWO));
    worker.emit(report(0, 5));
  });
  expect(element.textContent).not.toContain('Reset zoom');
});

test('the button that shows zoomed curves whole gives the focus to their crosshair', async () => {
  const { element } = await openPage();
  await act(async () => overCurves(element).dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true })));
  const reset = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reset zoom');
  await act(async () => reset?.focus());
  await act(async () => reset?.click());
  expect(reset?.isConnected).toBe(false);
  expect(document.activeElement).toBe(overCurves(element));
});

test('a pointer over the curves renders the figures alone, and a lane only where it enters or leaves it', async () => {
  const { element } = await openPage();
  const pointer = overCurves(element);
  const move = (clientX: number, clientY: number) =>
    pointer.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX, clientY }));
  const hovered = () => element.querySelector('[data-hot]')?.getAttribute('data-lane') ?? null;
  await rendersOf(() => move(200, 0));
  expect(hovered()).toBe(null);
  const height = Number(element.querySelector('g[data-fleeting] circle')?.getAttribute('cy'));
  await rendersOf(() => move(200, height));
  const lane = hovered();
  expect(LANES).toContain(lane);
  expect(renders.get('LaneRow')).toBe(1);
  expect(renders.get('Lanes') ?? 0).toBe(0);

  const rendered = await rendersOf(() => move(220, height));
  expect(hovered()).toBe(lane);
  expect(rendered).toContain('Crosshair');
  expect(outsideOfFigures(rendered)).toEqual([]);
});

test('at a step before a cut the figures tell of the net as it was', async () => {
  const { worker, element } = await openPage();
  const surgery = [{ step: 40, lane: 'ResNet-8', block: 2, gain: 0 }];
  await act(async () => {
    worker.emit(structuredClone(changedReport({ ...TWO, surgery }, 40)));
    worker.emit(report(40, 10));
  });
  const figure = element.querySelector('[aria-label="Error by depth"]') ?? expect.unreachable();
  const told = () => {
    const row = [...figure.querySelectorAll('tr')].find(({ textContent }) => textContent?.startsWith('ResNet-8'));
    const isSaidCut = overCurves(element).getAttribute('aria-valuetext')?.includes('2 of 3 on');
    return [
      row?.querySelectorAll('td')[1]?.textContent,
      figure.querySelectorAll('circle[class*=hollow]').length,
      isSaidCut,
    ];
  };
  const cross = (key: string) =>
    act(async () => overCurves(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  await cross('End');
  expect(told()).toEqual(['2 of 3', 1, true]);
  await cross('Home');
  expect(told()).toEqual(['all 3', 0, false]);
});

test('words of a lecturer leave a way from exploring back to the lesson', async () => {
  const { worker, stores, element } = await openPage();
  await act(async () => {
    stores.lesson.open(1);
    worker.done(openedReport(stores.lesson.store.getState().chapter.start?.experiment ?? TWO));
    stores.classroom.assign({ title: '', task: 'Look' });
    await worker.idle();
  });
  const named = (name: string) =>
    [...element.querySelectorAll('button')].find(({ textContent }) => textContent === name) ?? expect.unreachable(name);
  const press = (button: HTMLElement) =>
    act(async () => {
      button.focus();
      button.click();
    });
  await press(named('Explore freely'));
  expect(stores.lesson.store.getState().on).toBe(false);
  expect(element.textContent).toContain('Look');
  expect(document.activeElement).toBe(named('Back to the lesson'));
  await press(named('Back to the lesson'));
  expect(stores.lesson.store.getState().on).toBe(true);
});

test('a component outside of the context throws and says what is missing', () => {
  expect(() => renderToString(<App />)).toThrow('render this component inside of <StoresContext');
});
