import { createStores, type Stores } from '../features/stores.ts';
import { fakeLibrary } from './fake-library.ts';
import type { FakeWorker } from './fake-worker.ts';

/** The stores of a page whose nets this worker trains, in a browser that keeps nothing. */
export function fakeStores({ lab }: FakeWorker): Stores {
  return createStores({
    lab,
    librarian: fakeLibrary({}),
    startPretrained: () => ({
      call: () => {
        throw new Error('no net is loaded in this test');
      },
      end: () => {},
    }),
    locks: null,
    storage: null,
    goTo: () => {},
    newId: () => 'id',
  });
}
