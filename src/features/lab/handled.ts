import { type Phrase, phraseOf } from '../../language/sentence.ts';

/** Shows a failure as a sentence on the page. */
export type OnFailure = (failure: unknown) => void;

/** Failures that were handled. One that passes through an action within an action is handled once, by the inner one. */
const known = new WeakSet<object>();

/** Whether the page has shown this failure already. */
export function isHandled(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && known.has(failure);
}

/**
 * The outcome of an action whose failure the page shows by itself. A control may ignore it; a script may await it, and
 * then gets the failure, too. It is no Promise, since the linter demands that every Promise's failure is handled, and
 * `void` or an empty handler would hide one that is not shown. So a function that returns a Promise still has to be
 * handled where it is called, and one that returns this type has been.
 */
export class Handled<Result = void> implements PromiseLike<Result> {
  readonly #outcome: Promise<Result>;

  constructor(outcome: Promise<Result>, onFailure: OnFailure) {
    this.#outcome = outcome;
    outcome.catch((failure: unknown) => {
      if (isHandled(failure)) return;
      if (typeof failure === 'object' && failure !== null) known.add(failure);
      onFailure(failure);
    });
  }

  // biome-ignore lint/suspicious/noThenProperty: it is awaited like a promise
  then<Value = Result, Other = never>(
    onResult?: ((result: Result) => Value | PromiseLike<Value>) | null,
    onFailure?: ((failure: unknown) => Other | PromiseLike<Other>) | null,
  ): Promise<Value | Other> {
    return this.#outcome.then(onResult, onFailure);
  }
}

/** The same actions with promises that reject, as they are written. */
export type Unhandled<Actions> = {
  readonly [Name in keyof Actions]: Actions[Name] extends (...args: infer Args) => Handled<infer Result>
    ? (...args: Args) => Promise<Result>
    : Actions[Name];
};

/** Wraps the promises of all actions: `onFailure` gets what they reject with. */
export function handledBy<Actions extends object>(onFailure: OnFailure, actions: Unhandled<Actions>): Actions;
export function handledBy(onFailure: OnFailure, actions: object): object {
  const wrapped = Object.entries(actions).map(([name, action]: [string, unknown]) => {
    if (typeof action !== 'function') return [name, action];
    const handled = (...args: readonly unknown[]) => {
      const outcome: unknown = Reflect.apply(action, actions, args);
      return outcome instanceof Promise ? new Handled(outcome, onFailure) : outcome;
    };
    return [name, handled];
  });
  return Object.fromEntries(wrapped);
}

/** What a failure is shown as, to be said in the language of the page. */
export function failurePhrase(failure: unknown): Phrase {
  const phrase = phraseOf(failure);
  return phrase === '' && failure instanceof Error ? failure.name : phrase;
}

/**
 * Reports what nothing caught: an error thrown in an event handler or a timer, an unhandled rejection. The browser
 * writes it to the console, and the page goes on. What has no error object is not of this page: scripts of extensions,
 * and notes of browsers such as "ResizeObserver loop completed with undelivered notifications".
 */
export function showPageErrors(onFailure: OnFailure, page: EventTarget = window): void {
  const onceOnly = (failure: unknown) => {
    if (failure instanceof Error && !isHandled(failure)) onFailure(failure);
  };
  page.addEventListener('error', (event) => 'error' in event && onceOnly(event.error));
  page.addEventListener('unhandledrejection', (event) => 'reason' in event && onceOnly(event.reason));
}
