import { expect, test } from 'vitest';
import { Handled, handledBy, isHandled, showPageErrors } from './handled.ts';

const later = (failure: unknown) => Promise.reject(failure);

test('a failure is told, and reaches who awaits it', async () => {
  const said: unknown[] = [];
  const failure = new Error('no');
  await expect(new Handled(later(failure), (each) => said.push(each))).rejects.toBe(failure);
  expect(said).toEqual([failure]);
  expect(isHandled(failure)).toBe(true);
  expect(isHandled(new Error('no'))).toBe(false);
});

test('one that is not awaited is told, and is no unhandled rejection', async () => {
  const said: unknown[] = [];
  const unhandled = (failure: unknown) => said.push(['unhandled', failure]);
  process.on('unhandledRejection', unhandled);
  new Handled(later('no'), (each) => said.push(each));
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', unhandled);
  expect(said).toEqual(['no']);
});

test('what fails within an action of an action is told once, by the inner one', async () => {
  interface Inner {
    go(what: string): Handled<number>;
  }
  interface Outer {
    readonly store: object;
    run(): Handled;
    count(): number;
  }
  const said: string[] = [];
  const store = {};
  const inner = handledBy<Inner>((each) => said.push(`inner ${each}`), {
    go: async (what) => {
      if (what === '') throw new Error('empty');
      return what.length;
    },
  });
  const outer = handledBy<Outer>((each) => said.push(`outer ${each}`), {
    store,
    count: () => 3,
    run: async () => {
      await inner.go('');
    },
  });
  expect(await inner.go('four')).toBe(4);
  expect(outer.count()).toBe(3);
  expect(outer.store).toBe(store);
  await expect(outer.run()).rejects.toThrow('empty');
  expect(said).toEqual(['inner Error: empty']);
});

test('what nothing caught is told; what was told, and what has no error, is not', async () => {
  const page = new EventTarget();
  const told: unknown[] = [];
  showPageErrors((failure) => told.push(failure), page);
  const [thrown, rejected, known] = [new Error('thrown'), new Error('rejected'), new Error('known')];
  await new Handled(Promise.reject(known), () => {}).then(null, () => {});
  const happen = (type: string, details: object) => page.dispatchEvent(Object.assign(new Event(type), details));
  happen('error', { error: thrown });
  happen('error', { error: null, message: 'ResizeObserver loop completed with undelivered notifications.' });
  happen('unhandledrejection', { reason: rejected });
  happen('unhandledrejection', { reason: known });
  expect(told).toEqual([thrown, rejected]);
});
