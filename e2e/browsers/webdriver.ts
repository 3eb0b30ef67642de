import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
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

/** The capabilities of a session. Scripts may wait for training on a busy machine. */
export const CAPABILITIES = { timeouts: { script: 300_000 } } as const;

/** Commands of W3C WebDriver, with what each needs. */
export type Command =
  | { readonly name: 'Navigate'; readonly body: { readonly url: string } }
  | { readonly name: 'Refresh'; readonly body: object }
  | {
      readonly name: 'ExecuteScript' | 'ExecuteAsyncScript';
      readonly body: { readonly script: string; readonly args: readonly [] };
    }
  | { readonly name: 'PerformActions'; readonly body: { readonly actions: readonly object[] } }
  | { readonly name: 'ElementSendKeys'; readonly body: { readonly id: string; readonly text: string } }
  | { readonly name: 'SetWindowRect'; readonly body: Size };

/** A session with a browser, by whatever its commands travel. */
export interface Session {
  /** Resolves with the answer's value. Rejects with what WebDriver says is wrong. */
  send(command: Command): Promise<unknown>;
  close(): Promise<void>;
}

/** A browser in a session of W3C WebDriver. */
export class WebDriver implements Driver {
  readonly name: string;
  readonly #session: Session;

  private constructor(name: string, session: Session) {
    [this.name, this.#session] = [name, session];
  }

  /** Gives the viewport this size. WebDriver can only set the size of the window, which includes its bars. */
  static async fitting(name: string, session: Session, { width, height }: Size): Promise<WebDriver> {
    const driver = new WebDriver(name, session);
    await session.send({ name: 'SetWindowRect', body: { width, height } });
    const [innerWidth = width, innerHeight = height] = JSON.parse(
      await driver.evaluate('JSON.stringify([innerWidth, innerHeight])'),
    );
    const body = { width: 2 * width - innerWidth, height: 2 * height - innerHeight };
    await session.send({ name: 'SetWindowRect', body });
    return driver;
  }

  async goto(address: string): Promise<void> {
    await this.#session.send({ name: 'Navigate', body: { url: address } });
  }

  async reload(): Promise<void> {
    await this.#session.send({ name: 'Refresh', body: {} });
  }

  async evaluate(expression: string): Promise<string> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${expression})).then((value) => done('=' + value), (error) => done('!' + error));`;
    const answer = String(await this.#session.send({ name: 'ExecuteAsyncScript', body: { script, args: [] } }));
    if (answer.startsWith('!')) throw new Error(answer.slice(1));
    return answer.slice(1);
  }

  async drag([first, ...others]: readonly Point[]): Promise<void> {
    if (first === undefined) return;
    const move = (point: Point) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', ...rounded(point) });
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
    const body = { script: `return (${expression});`, args: [] } as const;
    const found = await this.#session.send({ name: 'ExecuteScript', body });
    const id: unknown = Reflect.get(Object(found), ELEMENT);
    if (typeof id !== 'string') throw new Error('there is no such file input');
    await this.#session.send({ name: 'ElementSendKeys', body: { id, text: paths.join('\n') } });
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #act(source: object): Promise<void> {
    await this.#session.send({ name: 'PerformActions', body: { actions: [source] } });
  }
}

/** A process that does not outlive this one. */
export function owned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** WebDriver's points are whole numbers. */
function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
