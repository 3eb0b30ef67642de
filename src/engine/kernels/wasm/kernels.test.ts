import { afterEach, expect, test, vi } from 'vitest';
import { BINARIES } from './binaries.ts';
import { loadKernels } from './kernels.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Stands in for an engine that supports all binaries but these; gives what was compiled last. */
function engineWithout(...refused: readonly (keyof typeof BINARIES)[]) {
  const bytes = refused.map((name) => Buffer.from(BINARIES[name], 'base64'));
  vi.spyOn(WebAssembly, 'validate').mockImplementation(
    (source) => source instanceof Uint8Array && !bytes.some((each) => each.equals(source)),
  );
  const compiled = vi.spyOn(WebAssembly, 'compile').mockResolvedValue(new WebAssembly.Module(EMPTY));
  return () => compiled.mock.lastCall?.[0];
}
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

test.each([
  { shared: false, relaxed: 'relaxed', plain: 'plain' },
  { shared: true, relaxed: 'relaxedShared', plain: 'plainShared' },
] as const)('the binary that is compiled is the one that is named, shared memory: $shared', async (names) => {
  const { shared, relaxed, plain } = names;
  const bytesOf = (name: keyof typeof BINARIES) => new Uint8Array(Buffer.from(BINARIES[name], 'base64'));
  const compiledWithAll = engineWithout();
  expect((await loadKernels(shared))?.simd).toBe('relaxed');
  expect(compiledWithAll()).toEqual(bytesOf(relaxed));
  vi.restoreAllMocks();
  const compiledWithPlain = engineWithout(relaxed);
  expect((await loadKernels(shared))?.simd).toBe('plain');
  expect(compiledWithPlain()).toEqual(bytesOf(plain));
  vi.restoreAllMocks();
  engineWithout(relaxed, plain);
  expect(await loadKernels(shared)).toBe(null);
});
