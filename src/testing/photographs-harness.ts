import { expect, vi } from 'vitest';
import type { GivenFile } from '../core/data/given-file.ts';
import type { PhotoBatch } from '../core/data/photographs.ts';
import { createPhotographs } from '../features/photographs/photographs.ts';
import type { InferenceApi } from '../workers/inference/api.ts';
import { Withdrawn } from '../workers/rpc.ts';
import type { Supervised } from '../workers/supervisor.ts';

/** Five photographs of two classes. */
export const PHOTO_SET = {
  name: 'set',
  classes: [
    { names: ['a'], wordNet: null },
    { names: ['b'], wordNet: null },
  ],
  labels: [0, 0, 1, 1, 0],
  paths: ['0', '1', '2', '3', '4'],
  unknown: { named: [], labels: 0, photos: 0 },
  leftOut: { named: [], count: 0 },
  noisy: false,
};

/** What a person gives in most tests: the worker lists five photographs in it. */
export const GIVEN_FILES: Promise<readonly GivenFile[]> = Promise.resolve([{ path: 'set.zip', blob: new Blob() }]);

/** No list of classes is given beside the photographs. */
export const ANY_CLASSES = Promise.resolve(null);

interface Asked {
  readonly method: string;
  readonly request: {
    readonly net?: string;
    readonly file?: Blob | null;
    readonly fetches?: boolean;
    readonly photos?: readonly number[];
  };
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: PhotoBatch) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A worker that answers by hand what is classified or loaded, and all else at once; where asked for, also what it lists. */
export function setUpPhotographs({ byHand = false, kept = new Set<string>() } = {}) {
  const asked: Asked[] = [];
  const listings: Pick<Asked, 'resolve' | 'reject'>[] = [];
  const ends: ((error: Error) => void)[] = [];
  const call = (method: string, request: Asked['request'] = {}, options: Pick<Asked, 'signal' | 'onProgress'> = {}) => {
    if (method === 'openPhotos' && byHand)
      return new Promise((resolve, reject) => {
        listings.push({ resolve, reject });
      });
    if (method === 'openPhotos') return Promise.resolve(PHOTO_SET);
    if (method === 'unload') return Promise.resolve();
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new Withdrawn()));
      asked.push({ method, request, ...options, resolve, reject });
    });
  };
  const client: Supervised<InferenceApi> = { call: vi.fn(call) as never, end: () => {} };
  const onFetched = vi.fn();
  const photographs = createPhotographs(
    (onEnd) => {
      ends.push((error) =>
        onEnd({ how: 'ended', reason: '' }, Object.assign(error, { sentence: 'it ended' }) as never),
      );
      return client;
    },
    () => 'wasm',
    (net) => kept.has(net),
    onFetched,
  );
  const next = async (method: string) => {
    await vi.waitFor(() => expect(asked[0]?.method).toBe(method));
    const [first] = asked.splice(0, 1);
    if (first === undefined) throw new Error('asked: nothing');
    return first;
  };
  const answer = (photos: readonly number[]): PhotoBatch => {
    return { answers: photos.map((photo) => ({ photo, guesses: [0, 1] })), unread: [], milliseconds: 10 };
  };
  return { photographs, state: photographs.store.getState, next, answer, ends, client, listings, onFetched };
}
