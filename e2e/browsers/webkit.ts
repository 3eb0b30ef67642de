import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Driver, Key, Point, Size } from './driver.ts';

/** The code points by which WebDriver names keys. */
const KEYS: Readonly<Record<Key, string>> = {
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  End: '\uE010',
  ArrowRight: '\uE014',
};

/** By which name WebDriver says that a value is an element of the page. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Scripts may wait for training on a busy machine. */
const SCRIPT_TIMEOUT = 300_000;

const CLOSE_LIMIT = 10_000;

/**
 * WebKit (GTK) by W3C WebDriver over HTTP, on a screen of its own by Xvfb. A session keeps nothing: it is what Safari
 * calls a private window. Errors of the console are not told to the driver.
 */
export class WebKit implements Driver {
  readonly name: string;
  readonly #session: string;
  readonly #processes: readonly ChildProcess[];

  private constructor(name: string, session: string, processes: readonly ChildProcess[]) {
    [this.name, this.#session, this.#processes] = [name, session, processes];
  }

  static async start(size: Size): Promise<WebKit> {
    const screen = owned('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '1600x1200x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const display = `:${await firstLine(screen)}`;
    const port = await freePort();
    // Without the variable there is no SharedArrayBuffer, also where the page is isolated.
    const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', JSC_useSharedArrayBuffer: '1' };
    const driver = owned('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
    const processes = [driver, screen];
    try {
      const url = `http://127.0.0.1:${port}`;
      await listening(`${url}/status`);
      const asked = { capabilities: { alwaysMatch: { timeouts: { script: SCRIPT_TIMEOUT } } } };
      const { sessionId, capabilities } = await request('POST', `${url}/session`, asked);
      const session = `${url}/session/${sessionId}`;
      const webkit = new WebKit(`WebKitGTK ${capabilities.browserVersion}`, session, processes);
      await webkit.#fit(size);
      return webkit;
    } catch (error) {
      for (const each of processes) each.kill();
      throw error;
    }
  }

  async goto(address: string): Promise<void> {
    await request('POST', `${this.#session}/url`, { url: address });
  }

  async reload(): Promise<void> {
    await request('POST', `${this.#session}/refresh`, {});
  }

  async evaluate(expression: string): Promise<string> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await request('POST', `${this.#session}/execute/async`, { script, args: [] });
    if (error !== undefined) throw new Error(error);
    return String(value);
  }

  async drag([first, ...others]: readonly Point[]): Promise<void> {
    if (first === undefined) return;
    const move = ({ x, y }: Point) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', ...rounded({ x, y }) });
    const actions = [
      move(first),
      { type: 'pointerDown', button: 0 },
      ...others.map(move),
      { type: 'pointerUp', button: 0 },
    ];
    await this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  async press(key: Key): Promise<void> {
    const value = KEYS[key];
    const actions = [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    await this.#act({ type: 'key', id: 'keyboard', actions });
  }

  async upload(expression: string, paths: readonly string[]): Promise<void> {
    const script = `return (${expression});`;
    const found = await request('POST', `${this.#session}/execute/sync`, { script, args: [] });
    const id = found?.[ELEMENT];
    if (typeof id !== 'string') throw new Error('there is no file input');
    await request('POST', `${this.#session}/element/${id}/value`, { text: paths.join('\n') });
  }

  errors(): readonly string[] {
    return [];
  }

  async close(): Promise<void> {
    await request('DELETE', this.#session, undefined, AbortSignal.timeout(CLOSE_LIMIT)).catch(() => {});
    for (const each of this.#processes) each.kill();
  }

  async #act(source: object): Promise<void> {
    await request('POST', `${this.#session}/actions`, { actions: [source] });
  }

  /** Gives the viewport this size. WebDriver can only set the size of the window, which includes its bars. */
  async #fit({ width, height }: Size): Promise<void> {
    await request('POST', `${this.#session}/window/rect`, { width, height });
    const [innerWidth = width, innerHeight = height] = JSON.parse(
      await this.evaluate('JSON.stringify([innerWidth, innerHeight])'),
    );
    const rect = { width: 2 * width - innerWidth, height: 2 * height - innerHeight };
    await request('POST', `${this.#session}/window/rect`, rect);
  }
}

/** A process that does not outlive this one. */
function owned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  process.once('exit', () => child.kill());
  return child;
}

/** The number of the display, which Xvfb writes as soon as it answers. */
async function firstLine({ stdio }: ChildProcess): Promise<string> {
  const pipe = stdio[3];
  if (pipe == null || !('readable' in pipe)) throw new Error('Xvfb has no pipe');
  for await (const line of createInterface({ input: pipe })) return line;
  throw new Error('Xvfb ended before it had a display');
}

/** WebKit's driver takes no 0 for whatever port is free. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

/** Resolves when something answers at this address. */
async function listening(address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Throws what WebDriver says is wrong. */
async function request(method: string, address: string, body?: object, signal?: AbortSignal) {
  const response = await fetch(address, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const { value } = JSON.parse(await response.text());
  if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

/** WebDriver's points are whole numbers. */
function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
