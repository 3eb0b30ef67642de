import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const src = new URL('../../src/', import.meta.url);

/** The file that `compileKernels` writes. */
export const KERNELS_FILE = new URL('engine/kernels/wasm/binaries.ts', src);
/** The file that `compileTiles` writes. */
export const TILES_FILE = new URL('data/formats/tiles/binary.ts', src);

const KERNELS = fileURLToPath(new URL('engine/kernels/wasm/assembly/kernels.ts', src));
const TILES = fileURLToPath(new URL('data/formats/tiles/assembly/tiles.ts', src));
const MADE = '/** Made by `npm run kernels` from assembly/: WebAssembly in base64. */\n';
/** The tfjs heap may grow to 4 GiB, and an import must not promise less. */
const MOST_PAGES = 65_536;

/** A memory that is shared between threads is imported by another declaration than one that is not. */
const VARIANTS = [
  { name: 'plain', flags: ['--enable', 'simd,threads'] },
  { name: 'plainShared', flags: ['--enable', 'simd,threads', '--sharedMemory'] },
  { name: 'relaxed', flags: ['--enable', 'simd,threads,relaxed-simd'] },
  { name: 'relaxedShared', flags: ['--enable', 'simd,threads,relaxed-simd', '--sharedMemory'] },
] as const;

/** The engine's kernels, compiled, as the text of a module. Throws with what the compiler says. */
export async function compileKernels(): Promise<string> {
  const memory = ['--importMemory', '--noExportMemory', '--maximumMemory', String(MOST_PAGES)];
  const lines: string[] = [];
  for (const { name, flags } of VARIANTS) {
    lines.push(`  ${name}:\n    '${await compile(KERNELS, [...memory, ...flags])}',`);
  }
  return `${MADE}export const BINARIES = {\n${lines.join('\n')}\n} as const;\n`;
}

/** The coder of the data's tiles, compiled, as the text of a module. Throws with what the compiler says. */
export async function compileTiles(): Promise<string> {
  return `${MADE}export const BINARY =\n  '${await compile(TILES, [])}';\n`;
}

/** The binary of an entry, in base64. */
async function compile(entry: string, flags: readonly string[]): Promise<string> {
  const options = ['--runtime', 'stub', '--noAssert', '-O3', '--baseDir', '/', '--outFile', 'module.wasm'];
  // A helper function that takes a vector is only called from within.
  const quiet = ['--disableWarning', '112'];
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main([entry, ...options, ...quiet, ...flags], {
    writeFile: (_, contents) => {
      binary = typeof contents === 'string' ? null : contents;
    },
  });
  if (error !== null || binary === null) throw new Error(`kernels: ${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}
