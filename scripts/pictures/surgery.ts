import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import type { Playground } from '../../src/features/share/playground.ts';

declare global {
  interface Window {
    readonly playground: Playground;
  }
}

/** Width of the picture, in pixels. */
const WIDTH = 800;
/** Where the pointer rests: over nothing that shows something of its own. */
const ASIDE = { x: 560, y: 66 };
/** Rounds between two frames. */
const EVERY = 12;
const NET = 'ResNet-32';
const BLOCK = 8;

/** How long frames are shown, in milliseconds. */
const [RUNNING, MOVING, RESTING] = [180, 60, 900];

class Recorder {
  readonly #page: Page;
  readonly #frames: Buffer[] = [];
  readonly #delays: number[] = [];
  #pointer = ASIDE;

  constructor(page: Page) {
    this.#page = page;
  }

  async frame(delay: number): Promise<void> {
    this.#frames.push(await this.#page.screenshot());
    this.#delays.push(delay);
  }

  async train(rounds: number): Promise<void> {
    for (let done = 0; done < rounds; done += EVERY) {
      await this.#page.evaluate((count) => window.playground.step(count), EVERY);
      await this.frame(RUNNING);
    }
  }

  /** Moves the drawn pointer to the middle of an element and clicks there; then moves aside. */
  async click(target: Locator): Promise<void> {
    const box = await target.boundingBox();
    if (box === null) throw new Error('picture: what is to be clicked is not on the page');
    await this.#moveTo({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    await this.frame(RESTING);
    await this.#page.mouse.click(this.#pointer.x, this.#pointer.y);
    await this.#page.waitForFunction(
      (net) => document.querySelector(`[aria-label="${net}"] [data-state="pending"]`) === null,
      NET,
    );
    await this.frame(RESTING);
    await this.#moveTo(ASIDE);
  }

  async #moveTo(to: { readonly x: number; readonly y: number }): Promise<void> {
    const from = this.#pointer;
    for (const share of [0.35, 0.7, 1]) {
      this.#pointer = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
      await this.#page.mouse.move(this.#pointer.x, this.#pointer.y);
      await this.#page.evaluate(drawPointer, this.#pointer);
      await this.frame(MOVING);
    }
  }

  async write(path: string): Promise<void> {
    const frames = await Promise.all(this.#frames.map((frame) => sharp(frame).resize(WIDTH).png().toBuffer()));
    const animation = sharp(frames, { join: { animated: true } });
    await animation.webp({ quality: 50, effort: 6, minSize: true, loop: 0, delay: this.#delays }).toFile(path);
  }
}

/** Screenshots have no mouse pointer, so the page gets one drawn. Runs in the page. */
function drawPointer({ x, y }: { readonly x: number; readonly y: number }): void {
  const namespace = 'http://www.w3.org/2000/svg';
  const old = document.querySelector<SVGElement>('#drawn-pointer');
  const pointer = old ?? document.createElementNS(namespace, 'svg');
  if (old === null) {
    pointer.id = 'drawn-pointer';
    pointer.setAttribute('width', '20');
    pointer.setAttribute('height', '26');
    const arrow = document.createElementNS(namespace, 'path');
    arrow.setAttribute('d', 'M1 1v19l5-5 3 8 4-2-3-7h7z');
    arrow.setAttribute('fill', '#111');
    arrow.setAttribute('stroke', '#fff');
    pointer.append(arrow);
    document.body.append(pointer);
  }
  Object.assign(pointer.style, {
    position: 'fixed',
    left: `${x}px`,
    top: `${y}px`,
    pointerEvents: 'none',
    zIndex: '9999',
  });
}

/**
 * Records the picture of the README. A residual net trains beside two plain ones, loses one shortcut, then all of them, and
 * gets them back. Frames are taken at fixed steps, so the picture does not depend on how fast the machine is.
 */
export async function surgery(page: Page, output: string): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
  const lane = page.getByRole('region', { name: NET, exact: true });
  const all = lane.getByRole('switch', { name: 'Shortcuts', exact: true });
  const recorder = new Recorder(page);
  await recorder.train(64);
  await recorder.click(lane.getByRole('switch', { name: `Shortcut ${BLOCK}`, exact: true }));
  await recorder.train(16);
  // Two clicks: the first one adds the shortcut that is missing, the second one cuts all.
  await recorder.click(all);
  await recorder.click(all);
  await recorder.train(48);
  await recorder.click(all);
  await recorder.train(64);
  await recorder.frame(3000);
  await recorder.write(output);
}
