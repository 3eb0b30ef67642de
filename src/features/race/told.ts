/** Says what failed, in a sentence on the page. */
export type Tell = (failure: unknown) => void;

/** Failures that were told: what fails within an action of an action is told once, by the inner one. */
const known = new WeakSet<object>();

/** Whether the page has said this failure already. */
export function isTold(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && known.has(failure);
}

/**
 * The outcome of an action whose failure the page shows by itself. A control may ignore it; a script may await it, and
 * then gets the failure, too. It is no Promise, since the linter demands that every Promise's failure is handled, and
 * `void` or an empty handler would hide one that is not shown. So a function that returns a Promise still has to be
 * handled where it is called, and one that returns this type has been.
 */
export class Told<Result = void> implements PromiseLike<Result> {
  readonly #outcome: Promise<Result>;

  constructor(outcome: Promise<Result>, tell: Tell) {
    this.#outcome = outcome;
    outcome.catch((failure: unknown) => {
      if (isTold(failure)) return;
      if (typeof failure === 'object' && failure !== null) known.add(failure);
      tell(failure);
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

/** The actions of a part of the lab as they are written: with promises that reject. */
type Untold<Actions> = {
  readonly [Name in keyof Actions]: Actions[Name] extends (...args: infer Args) => Told<infer Result>
    ? (...args: Args) => Promise<Result>
    : Actions[Name];
};

/** Tells what fails in any of the actions. */
export function toldBy<Actions extends object>(tell: Tell, actions: Untold<Actions>): Actions;
export function toldBy(tell: Tell, actions: object): object {
  const telling = Object.entries(actions).map(([name, action]: [string, unknown]) => {
    if (typeof action !== 'function') return [name, action];
    const told = (...args: readonly unknown[]) => {
      const outcome: unknown = Reflect.apply(action, actions, args);
      return outcome instanceof Promise ? new Told(outcome, tell) : outcome;
    };
    return [name, told];
  });
  return Object.fromEntries(telling);
}

/** A failure as a sentence. */
export function sentenceOf(failure: unknown): string {
  return failure instanceof Error ? failure.message || failure.name : String(failure);
}
