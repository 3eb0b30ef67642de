import type { LibraryApi } from '../workers/library/api.ts';
import type { Client } from '../workers/rpc.ts';
import { local } from './local-worker.ts';

const refuse = async () => {
  throw new Error('library: not in this test');
};

/** A librarian that keeps nothing, but for what the test has it do. */
export function fakeLibrary(methods: Partial<LibraryApi>): Client<LibraryApi> {
  return local<LibraryApi>(() => ({
    ...{
      read: refuse,
      arrange: refuse,
      lookUp: refuse,
      choose: refuse,
      fetch: refuse,
      enough: refuse,
      picture: refuse,
      keep: refuse,
    },
    ...{
      putAway: async () => {},
      list: async () => [],
      delete: async () => [],
      weights: async () => [],
      deleteWeights: async () => [],
    },
    ...{ save: async () => {}, runs: async () => [], addRun: async () => [], renameRun: async () => [] },
    ...{ deleteRun: async () => [], sessions: async () => [], session: async () => null, leave: async () => {} },
    ...methods,
  }));
}
