// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import type { PhotoBatch } from '../../../core/data/photographs.ts';
import { StoresContext } from '../../use-stores.ts';
import { createPhotographs } from '../photographs.ts';
import { ConfusionList } from './ConfusionList.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const SET = {
  name: 'set',
  classes: [
    { names: ['crane'], wordNet: null },
    { names: ['crane'], wordNet: null },
  ],
  labels: [0, 0],
  paths: ['first.png', 'second.png'],
  unknown: { named: [], labels: 0, photos: 0 },
  leftOut: { named: [], count: 0 },
  noisy: false,
};

const BATCH: PhotoBatch = {
  answers: [0, 1].map((photo) => ({ photo, guesses: [1, 0] })),
  unread: [],
  milliseconds: 1,
};

/** A worker that keeps a picture of the first photograph alone. */
async function call(
  method: string,
  _request?: object,
  options?: { readonly onProgress?: (batch: PhotoBatch) => void },
) {
  if (method === 'openPhotos') return SET;
  if (method === 'load') return { classes: 2, unkept: null };
  if (method === 'classifyPhotos') options?.onProgress?.(BATCH);
  return method === 'thumbnails' ? [{ photo: 0, size: 1, pixels: new Uint8Array(3) }] : undefined;
}

test('classes of one name are told apart; a photograph without a picture is told by its path', async () => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  const photographs = createPhotographs(
    () => ({ call: call as never, end: () => {} }),
    () => 'wasm',
    () => true,
    () => {},
  );
  await photographs.open(Promise.resolve([{ path: 'set.zip', blob: new Blob() }]), Promise.resolve(null));
  await photographs.run(['ResNet-18']);
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(
      <StoresContext value={{ photographs } as never}>
        <ConfusionList set={SET} nets={['ResNet-18']} />
      </StoresContext>,
    ),
  );
  const row = document.querySelector('details') ?? expect.fail('no row');
  expect(row.textContent).toBe('crane (class 0) taken for crane (class 1): 2');
  await act(async () => {
    row.open = true;
    row.dispatchEvent(new Event('toggle'));
  });
  expect(row.querySelector('canvas')?.getAttribute('aria-label')).toBe('first.png');
  expect([...row.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual(['second.png']);
  act(() => root.unmount());
});
