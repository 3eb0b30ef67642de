import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { SaidError, sentence } from '../language/sentence.ts';

/** A file of the page could not be loaded: the connection is lost, or a newer page has taken its place on the server. */
export class LateError extends SaidError {
  override readonly name = 'LateError';

  /** With what the browser says of it. */
  constructor(cause: unknown) {
    super(sentence('errors.late'), { cause });
  }
}

let attempts = 0;

/**
 * Loads a module that is not needed at first, and asks again where that fails. Every dynamic import of the page goes
 * through here, but for the first ones of all (`main.ts`); a worker has its own (`open-source.ts`). Chromium and WebKit
 * request a failed module again when it is imported again. Firefox 153 remembers the failure for the address, and imports
 * the module under another one; what it does not forgive is the failure of a module that the failed one imports, for which
 * only a reload helps.
 */
export async function loadLate<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load().catch(load);
  } catch (error) {
    const address = failedAddress(error);
    try {
      if (address === null) throw error;
      attempts += 1;
      address.searchParams.set('again', String(attempts));
      const again: Module = await import(/* @vite-ignore */ address.href);
      return again;
    } catch (cause) {
      throw new LateError(cause);
    }
  }
}

/** The file of this page that an import failed for: two of three browsers name it in the message. */
function failedAddress(error: unknown): URL | null {
  const [named] = /https?:\/\/\S+\.js/.exec(String(error)) ?? [];
  if (named === undefined) return null;
  const address = new URL(named);
  return address.origin === globalThis.location?.origin ? address : null;
}

interface LateValue<Value> {
  /** Null until it is loaded. */
  readonly value: Value | null;
  readonly failure: { readonly error: unknown } | null;
  readonly again: () => void;
}

/** Makes a hook for what is in a module that is loaded when it is first used. */
export function lateValue<Module, Value extends object>(load: () => Promise<Module>, pick: (module: Module) => Value) {
  let loaded: Value | null = null;
  return function useLate(): LateValue<Value> {
    const [value, setValue] = useState({ now: loaded });
    const [failure, setFailure] = useState<LateValue<Value>['failure']>(null);
    const again = useCallback(() => {
      setFailure(null);
      loadLate(load).then(
        (module) => {
          loaded = pick(module);
          setValue({ now: loaded });
        },
        (error: unknown) => setFailure({ error }),
      );
    }, []);
    useEffect(() => {
      if (loaded === null) again();
      // Another component that waited for it may have had it between this one's rendering and here.
      else setValue((before) => (before.now === loaded ? before : { now: loaded }));
    }, [again]);
    return { value: value.now, failure, again };
  };
}

/**
 * A component whose module is loaded when it is first drawn. In contrast to React's `lazy` a failure is not for ever:
 * it is thrown to the error boundary, and what is drawn again is loaded again.
 */
export function late<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
  meanwhile: ReactNode,
) {
  const usePart = lateValue(load, (module) => ({ Part: pick(module) }));
  return function Late(props: Props) {
    const { value, failure } = usePart();
    if (failure !== null) throw failure.error;
    return value === null ? meanwhile : <value.Part {...props} />;
  };
}
