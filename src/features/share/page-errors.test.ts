import { expect, test } from 'vitest';
import { Handled } from '../race/handled.ts';
import { showPageErrors } from './page-errors.ts';

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
