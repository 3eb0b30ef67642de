import { afterEach, expect, test, vi } from 'vitest';
import { nameWith, receiveFiles, sendFiles } from './early-files.ts';

const FOLDER = 'https://example.org/page/data/';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The two ends of a worker's port, joined. */
function joined() {
  const target = new EventTarget();
  return {
    worker: { postMessage: (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data })) },
    scope: {
      postMessage: () => {},
      addEventListener: (type: string, listen: (event: MessageEvent) => void) =>
        target.addEventListener(type, (event) => event instanceof MessageEvent && listen(event)),
    },
  };
}

test('a worker takes each file that the page fetched once, and hears of those that the page could not fetch', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: URL) => {
    asked.push(address.href);
    if (address.href.endsWith('lost.png')) throw new TypeError('offline');
    return address.href.endsWith('none.json') ? new Response('', { status: 404 }) : new Response('abc');
  });
  const files = ['sheet.png', 'lost.png', 'none.json'];
  const { worker, scope } = joined();
  const early = receiveFiles(scope, nameWith(FOLDER, files));
  sendFiles(worker, FOLDER, files);
  expect(early.folder).toBe(FOLDER);
  expect(new TextDecoder().decode((await early.take('sheet.png')) ?? new ArrayBuffer())).toBe('abc');
  expect(await early.take('sheet.png')).toBeNull();
  expect([await early.take('lost.png'), await early.take('none.json'), await early.take('other')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(asked).toEqual(files.map((name) => FOLDER + name));
});
