import { setTimeout } from 'node:timers/promises';
import { type Browser, type LaunchOptions, launch, type Page } from 'puppeteer-core';
import { BROWSER_FLAGS } from '../../scripts/browser.ts';
import type { Driver, Key, Point, Size } from './driver.ts';

const CLOSE_LIMIT = 10_000;

/** Firefox by WebDriver BiDi, or Chromium by its own protocol, without a window. */
export class Puppeteer implements Driver {
  readonly name: string;
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #errors: string[] = [];

  private constructor(name: string, browser: Browser, page: Page) {
    [this.name, this.#browser, this.#page] = [name, browser, page];
    page.on('pageerror', (error) => this.#errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
  }

  static firefox(executablePath: string, size: Size, preferences: Readonly<Record<string, unknown>> = {}) {
    return Puppeteer.#start({ browser: 'firefox', executablePath, extraPrefsFirefox: preferences }, size);
  }

  static chromium(executablePath: string, size: Size) {
    return Puppeteer.#start({ browser: 'chrome', executablePath, args: BROWSER_FLAGS }, size);
  }

  static async #start(options: LaunchOptions, { width, height }: Size): Promise<Puppeteer> {
    const browser = await launch({ ...options, defaultViewport: { width, height } });
    const page = await browser.newPage();
    const [product = '', version = ''] = (await browser.version()).split('/');
    return new Puppeteer(`${product.charAt(0).toUpperCase()}${product.slice(1)} ${version}`, browser, page);
  }

  async goto(address: string): Promise<void> {
    await this.#page.goto(address, { waitUntil: 'load' });
  }

  async reload(): Promise<void> {
    await this.#page.reload({ waitUntil: 'load' });
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
    const handle = (await this.#page.evaluateHandle(expression)).asElement();
    if (handle === null) throw new Error('there is no such file input');
    const input = await handle.evaluateHandle((node) => {
      if (node instanceof HTMLInputElement) return node;
      throw new Error(`${node.nodeName} is no file input`);
    });
    await input.uploadFile(...paths);
  }

  errors(): readonly string[] {
    return this.#errors;
  }

  /** A page that hangs may keep the browser from closing. */
  async close(): Promise<void> {
    const patience = new AbortController();
    const late = setTimeout(CLOSE_LIMIT, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([this.#browser.close(), late]);
    patience.abort();
    this.#browser.process()?.kill('SIGKILL');
  }
}
