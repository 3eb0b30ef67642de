import { expect, type Locator, type Page } from '@playwright/test';
import { MOST_THREADS } from '../../src/core/experiment/device.ts';
import type { Experiment } from '../../src/core/experiment/experiment.ts';
import type { PlainCurve, Playground } from '../../src/features/share/playground.ts';
import { LONG } from './experiments.ts';

declare global {
  interface Window {
    readonly playground: Playground;
  }
}

export type Curves = Readonly<Record<string, PlainCurve>>;

export interface Address {
  readonly preset?: string;
  readonly backend?: string;
  /** Anything that the page takes for an experiment. */
  readonly experiment?: object;
}

/** The part of the address behind the page's folder. */
export function address({ preset, backend, experiment }: Address): string {
  const query = new URLSearchParams();
  if (preset !== undefined) query.set('preset', preset);
  if (backend !== undefined) query.set('backend', backend);
  const hash = experiment === undefined ? '' : `#${new URLSearchParams({ experiment: JSON.stringify(experiment) })}`;
  return `./?${query}${hash}`;
}

/** The page as who uses it sees it, and what `window.playground` tells of it. */
export class PlaygroundPage {
  readonly page: Page;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  /** What the nets train on, as the menu "More" has it; read out with its button. */
  readonly device: Locator;
  /** What is in the menu "More", while it is open. */
  readonly more: Locator;
  /** The drawer of data, recipe and nets. */
  readonly lab: Locator;
  readonly alert: Locator;
  readonly figure: Locator;
  /** The three dots of the curves. */
  readonly figureMenu: Locator;
  /** "step 7 of 150" in the header, "step 7" on a phone. */
  readonly stepNumber: Locator;

  constructor(page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.page = page;
    this.train = button('Train');
    this.pause = button('Pause');
    this.step = button('Step');
    this.reset = button('Reset');
    this.device = page.getByText(/^Device: /);
    this.more = page.getByRole('dialog', { name: 'More' });
    this.lab = page.getByRole('complementary', { name: 'Lab' });
    this.alert = page.getByRole('alert').filter({ hasText: /./ });
    this.figure = page.getByRole('figure', { name: 'Training error', exact: true });
    this.figureMenu = button('More about the curves');
    this.stepNumber = page.getByRole('status').getByText(/^step [\d,]+( of [\d,]+)?$/);
  }

  /** Goes there and waits until it can be trained. */
  async open(to: Address): Promise<void> {
    await this.page.goto(address(to));
    await this.expectReady();
  }

  /** A race stands at step 0 and can be trained. A software adapter compiles the kernels of a deep net for half a minute. */
  async expectReady(): Promise<void> {
    await expect(this.train).toBeEnabled({ timeout: 80_000 });
    await this.expectStep(0);
  }

  lane(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  shortcut(lane: string, block: number): Locator {
    return this.lane(lane).getByRole('switch', { name: `Shortcut ${block}`, exact: true });
  }

  /** The switch of all shortcuts of a lane. */
  shortcuts(lane: string): Locator {
    return this.lane(lane).getByRole('switch', { name: 'Shortcuts', exact: true });
  }

  /** The names of the nets, from top to bottom. */
  async lanes(): Promise<readonly string[]> {
    return (await this.experiment()).lanes.map(({ name }) => name);
  }

  async expectStep(step: number): Promise<void> {
    await expect(this.stepNumber).toHaveText(new RegExp(`^step\\s*${step.toLocaleString('en')}( of |$)`));
  }

  /** Waits until the page shows at least this step; the timeout is long for a software adapter on a busy machine. */
  async waitForStep(step: number): Promise<void> {
    await expect.poll(() => this.steps(), { timeout: 120_000 }).toBeGreaterThanOrEqual(step);
  }

  async steps(): Promise<number> {
    const [, step = ''] = /^step\s+([\d,]+)/.exec(await this.stepNumber.innerText()) ?? [];
    return Number(step.replace(',', ''));
  }

  /** Presses Step `rounds` times, each when the one before is done. */
  async stepBy(rounds: number): Promise<void> {
    const from = await this.steps();
    for (let round = 1; round <= rounds; round++) {
      await this.step.click();
      await this.expectStep(from + round);
    }
  }

  /** Trains at the slowest speed, which leaves the cores to what a test does meanwhile. */
  async trainSlowly(): Promise<void> {
    await this.page.getByRole('slider', { name: 'Speed' }).press('Home');
    await this.train.click();
  }

  /** Moves the end of training so far away that it does not come while a test looks on. */
  async trainLong(): Promise<void> {
    const until = this.page.getByRole('textbox', { name: 'Stop at step' });
    await until.fill(String(LONG));
    await until.press('Enter');
    await expect.poll(async () => (await this.experiment()).until).toBe(LONG);
  }

  /** Opens the menu "More". */
  async openMore(): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(this.more).toBeVisible();
  }

  /** Chooses a preset by the name on its card. */
  async choosePreset(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Experiments/ }).click();
    await this.page.getByRole('button', { name: new RegExp(`· ${name}$`) }).click();
  }

  /** Presses Pause, and waits until the worker has heard it and told everything. */
  async pauseNow(): Promise<void> {
    await this.pause.click();
    await this.page.evaluate(() => window.playground.pause());
    await expect(this.train).toBeVisible();
  }

  curves(): Promise<Curves> {
    return this.page.evaluate(() => window.playground.curves());
  }

  experiment(): Promise<Experiment> {
    return this.page.evaluate(() => window.playground.experiment);
  }

  /** Resets the race, trains `steps` steps and returns the curves. */
  async replay(steps: number): Promise<Curves> {
    await this.reset.click();
    await this.expectReady();
    await this.page.evaluate((rounds) => window.playground.step(rounds), steps);
    return this.curves();
  }
}

/** What the button of the device must say where wasm may have threads. How many of them help is measured. */
export async function threadsOf(page: Page): Promise<RegExp> {
  const [isolated, cores] = await page.evaluate(() => [crossOriginIsolated, navigator.hardwareConcurrency] as const);
  const threads = isolated ? Math.min(cores, MOST_THREADS) : 1;
  return threads === 1 ? /WebAssembly: 1 thread(,|$)/ : new RegExp(`WebAssembly: (\\d of )?${threads} threads`);
}

/** Hides a tab or brings it to the front, as its page hears it: a browser without windows shows every tab. */
export function showTab(page: Page, visibilityState: 'visible' | 'hidden'): Promise<void> {
  return page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibilityState);
}

/** A lane's losses, as far as they go. */
export function lossesOf(curves: Curves, lane: string): readonly number[] {
  const curve = curves[lane];
  if (curve === undefined) throw new Error(`no curve of ${lane}`);
  return curve.loss;
}
