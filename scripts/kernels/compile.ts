import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = new URL('../../src/engine/kernels/wasm/', import.meta.url);

/** The file that `compileKernels` writes. */
export const KERNELS_FILE = new URL('binaries.ts', folder);

const ENTRY = fileURLToPath(new URL('assembly/kernels.ts', folder));
/** The tfjs heap may grow to 4 GiB, and an import must not promise less. */
const MOST_PAGES = 65_536;

/** A memory that is shared between threads is imported by another declaration than one that is not. */
const VARIANTS = [
  { name: 'plain', flags: ['--enable', 'simd,threads'] },
  { name: 'plainShared', flags: ['--enable', 'simd,threads', '--sharedMemory'] },
  { name: 'relaxed', flags: ['--enable', 'simd,threads,relaxed-simd'] },
  { name: 'relaxedShared', flags: ['--enable', 'simd,threads,relaxed-simd', '--sharedMemory'] },
] as const;

/** The kernels in assembly/, compiled, as the text of a module. Throws with what the compiler says. */
export async function compileKernels(): Promise<string> {
  const lines: string[] = [];
  for (const { name, flags } of VARIANTS) {
    const binary = await compile(flags);
    lines.push(`  ${name}:\n    '${Buffer.from(binary).toString('base64')}',`);
  }
  return `/** Made by \`npm run kernels\` from assembly/: WebAssembly in base64. */\nexport const BINARIES = {\n${lines.join('\n')}\n} as const;\n`;
}

async function compile(flags: readonly string[]): Promise<Uint8Array> {
  const options = ['--runtime', 'stub', '--noAssert', '-O3', '--importMemory', '--noExportMemory'];
  // A helper function that takes a vector is only called from within.
  const quiet = ['--disableWarning', '112'];
  const files = ['--maximumMemory', String(MOST_PAGES), '--baseDir', '/', '--outFile', 'kernels.wasm'];
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main([ENTRY, ...options, ...quiet, ...files, ...flags], {
    writeFile: (_, contents) => {
      binary = typeof contents === 'string' ? null : contents;
    },
  });
  if (error !== null || binary === null) throw new Error(`kernels: ${stderr.toString()}`);
  return binary;
}
