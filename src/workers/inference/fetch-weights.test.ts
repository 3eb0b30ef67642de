import { afterEach, expect, test, vi } from 'vitest';
import { sayIt } from '../../language/sentence.ts';
import { WeightStore } from '../../store/weights.ts';
import { FakeFolder } from '../../testing/store/fake-folder.ts';
import { fetchWeights } from './fetch-weights.ts';

const NAME = 'timm/resnet18.tv_in1k';
const FILE = Uint8Array.from({ length: 100 }, (_, at) => at);

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Hugging Face, whose nth answer breaks off after `ends[n]` bytes. Returns the offset at which each request began. */
function serve(file: Uint8Array<ArrayBuffer>, tag: string | null, ends: readonly number[]): readonly number[] {
  const from: number[] = [];
  vi.stubGlobal('fetch', async (address: string, { headers = {} }: { headers?: Record<string, string> } = {}) => {
    expect(address).toBe('https://huggingface.co/timm/resnet18.tv_in1k/resolve/main/model.safetensors');
    const at = Number(/^bytes=(\d+)-$/.exec(headers.Range ?? '')?.[1] ?? 0);
    const sent = file.slice(at, at + (ends[from.push(at) - 1] ?? Number.POSITIVE_INFINITY));
    const answer = new Response(sent, {
      status: at > 0 ? 206 : 200,
      headers: { 'Content-Length': String(file.length - at), ...(tag === null ? {} : { ETag: tag }) },
    });
    return answer;
  });
  return from;
}

function setUp(folder = new FakeFolder()) {
  const told: number[] = [];
  const fetched = async () => {
    const files = new WeightStore({ folder: async () => folder, pause: 0 });
    const { blob, unkept } = await fetchWeights(NAME, { files, onProgress: (part) => told.push(part), pause: 0 });
    return { bytes: new Uint8Array(await blob.arrayBuffer()), unkept };
  };
  return { folder, fetched, told };
}

test('weights are fetched once; a visit that broke off is gone on with', async () => {
  const { folder, fetched, told } = setUp();
  const first = serve(FILE, '"a"', [40, 0, 0, 0, 0]);
  await expect(fetched()).rejects.toThrow('the connection fails');
  expect(folder.held.size).toBe(0);
  expect(first[0]).toBe(0);
  const second = serve(FILE, '"a"', []);
  expect(await fetched()).toEqual({ bytes: FILE, unkept: null });
  expect(second).toEqual([40]);
  expect(told.at(-1)).toBe(1);
  const third = serve(FILE, '"a"', []);
  expect(await fetched()).toEqual({ bytes: FILE, unkept: null });
  expect(third).toEqual([]);
});

test('the rest of another version is not joined to what an earlier visit left', async () => {
  const { fetched } = setUp();
  serve(FILE, '"a"', [40, 0, 0, 0, 0]);
  await expect(fetched()).rejects.toThrow('the connection fails');
  const other = FILE.map((byte) => byte + 100);
  expect(serve(other, '"b"', [])).toEqual([]);
  expect((await fetched()).bytes).toEqual(other);
});

test('a disk that fills up is said, and the file is whole all the same, also where the connection breaks then', async () => {
  const { folder, fetched } = setUp();
  folder.room = 150;
  const from = serve(FILE, '"a"', [60, 30]);
  const { bytes, unkept } = await fetched();
  expect(bytes).toEqual(FILE);
  expect(from).toEqual([0, 60, 90]);
  expect(sayIt(unkept ?? '')).toContain('cannot be kept (the browser has no more room for this page)');
});

test('where nothing is kept, or the version is unknown, the file lies in memory', async () => {
  const { fetched } = setUp();
  serve(FILE, null, []);
  const unversioned = await fetched();
  expect(unversioned.bytes).toEqual(FILE);
  expect(sayIt(unversioned.unkept ?? '')).toContain('which version');
  const files = new WeightStore({ folder: () => Promise.reject(new Error('access is denied')) });
  serve(FILE, '"a"', [10]);
  const { blob, unkept } = await fetchWeights(NAME, { files, onProgress: () => {}, pause: 0 });
  expect(blob.size).toBe(100);
  expect(sayIt(unkept ?? '')).toContain('access is denied');
});
