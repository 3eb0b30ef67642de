import { chromium, type Page } from '@playwright/test';
import { BROWSER_FLAGS } from '../../scripts/browser.ts';
import type { Driver, Key, Point, Size } from './driver.ts';

/** Chromium without a window, in which what the others must reach is measured. */
export async function startChromium(executablePath: string, viewport: Size): Promise<Driver> {
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS] });
  const page = await browser.newPage({ viewport });
  return new Chromium(page, browser.version());
}

class Chromium implements Driver {
  readonly name: string;
  readonly #page: Page;

  constructor(page: Page, version: string) {
    [this.name, this.#page] = [`Chromium ${version}`, page];
  }

  async goto(address: string): Promise<void> {
    await this.#page.goto(address);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async evaluate(expression: string): Promise<string> {
    return String(await this.#page.evaluate(expression));
  }

  async drag([first, ...others]: readonly Point[]): Promise<void> {
    if (first === undefined) return;
    const { mouse } = this.#page;
    await mouse.move(first.x, first.y);
    await mouse.down();
    for (const { x, y } of others) await mouse.move(x, y);
    await mouse.up();
  }

  async press(key: Key): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async upload(expression: string, paths: readonly string[]): Promise<void> {
    const input = (await this.#page.evaluateHandle<Node | null>(expression)).asElement();
    if (input === null) throw new Error('there is no such file input');
    await input.setInputFiles([...paths]);
  }

  async close(): Promise<void> {
    await this.#page.context().browser()?.close();
  }
}
