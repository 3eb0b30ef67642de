import type { Driver, Key, Point } from './driver.ts';
import { findElement, type Locator, pointOn } from './find-element.ts';

/** How long something may take on a machine that is busy with other things. */
const PATIENCE = 30_000;
const POLL = 100;

/** The playground as the journey uses it, in any engine. */
export class JourneyPage {
  readonly driver: Driver;
  /** The address of the page, with a slash at its end. */
  readonly base: string;

  constructor(driver: Driver, base: string) {
    [this.driver, this.base] = [driver, base];
  }

  /** Calls a function in the page, which must not refer to anything outside of itself but `findElement` and `pointOn`. */
  async run<Result, Values extends readonly unknown[]>(
    script: (...values: Values) => Result | Promise<Result>,
    ...values: Values
  ): Promise<Result> {
    const text = await this.driver.evaluate(source(script, values));
    return JSON.parse(text);
  }

  /** Waits until the function in the page gives something else than null or false, and gives that. */
  async until<Result, Values extends readonly unknown[]>(
    what: string,
    script: (...values: Values) => Result | Promise<Result>,
    ...values: Values
  ): Promise<NonNullable<Result>> {
    const end = Date.now() + PATIENCE;
    let failure = '';
    while (Date.now() < end) {
      try {
        const result = await this.run(script, ...values);
        if (result !== null && result !== undefined && result !== false) return result;
        failure = '';
      } catch (error) {
        // The page may be about to reload.
        failure = String(error);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
    throw new Error(`${what}: not within ${PATIENCE / 1000} s ${failure}`.trim());
  }

  /** Loads the page with this query and hash, also where only the hash is another one. */
  async open(address: string): Promise<void> {
    await this.driver.goto('about:blank');
    await this.driver.goto(new URL(address, this.base).href);
    await this.expectReady();
  }

  async reload(): Promise<void> {
    await this.driver.reload();
    await this.expectReady();
  }

  /** A race is open and can be trained. */
  async expectReady(): Promise<void> {
    await this.until('a race that can be trained', () => {
      const train = findElement({ role: 'button', name: 'Train' });
      return train !== null && !train.matches(':disabled');
    });
  }

  /** A description of the page for the message of a failed step: its state, and the errors in it. */
  async described(): Promise<string> {
    const told = await this.run(() => {
      const alerts = [...document.querySelectorAll('[role=alert]')].map((each) => each.textContent);
      const states = [...document.querySelectorAll('[role=status]')].map((each) => each.textContent);
      return [`at ${location.href.slice(0, 100)}`, ...states, ...alerts, sessionStorage.getItem('complaints')];
    }).catch((error) => [String(error)]);
    return told.filter(Boolean).join('\n');
  }

  async click(locator: Locator): Promise<void> {
    await this.driver.drag([await this.pointOn(locator)]);
  }

  pointOn(locator: Locator): Promise<Point> {
    return this.until(`a ${locator.role} “${locator.name}” to press`, pointOn, locator);
  }

  async press(key: Key): Promise<void> {
    await this.driver.press(key);
  }

  async upload(locator: Locator, path: string): Promise<void> {
    await this.expectThere(locator);
    await this.driver.upload(source(findElement, [locator], false), [path]);
  }

  /** Waits until an element is there, with a text that matches where one is given. */
  async expectThere(locator: Locator, text = ''): Promise<void> {
    await this.until(
      `a ${locator.role} “${locator.name}” with “${text}”`,
      (where, pattern) => new RegExp(pattern).test(findElement(where)?.textContent ?? '\0'),
      locator,
      text || '^[^\\0]*$',
    );
  }
}

/** The expression that calls a function with these values, as JSON unless what it gives is an element. */
function source<Values extends readonly unknown[]>(
  script: (...values: Values) => unknown,
  values: Values,
  json = true,
): string {
  // The compiler that runs this file wraps functions within functions in __name.
  const prelude = `const __name = (value) => value; ${findElement} ${pointOn}`;
  const call = `(${script})(...${JSON.stringify(values)})`;
  if (!json) return `(() => { ${prelude} return ${call}; })()`;
  return `(async () => { ${prelude} return JSON.stringify((await ${call}) ?? null); })()`;
}
