import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, Rolldown } from 'vite';
import { defaultExclude, defineConfig } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };
import { embedElement } from './scripts/build/embed-element.ts';
import { firstFrames } from './scripts/build/first-frame.ts';
import { notices } from './scripts/build/notices.ts';
import { preloadPage } from './scripts/build/preload.ts';
import { teachingPage } from './scripts/build/teaching.ts';
import { hostHeaders } from './scripts/host/plugin.ts';
import { ISOLATED_TESTS } from './scripts/lint/isolated-tests.ts';

/** The first statement of the factory that tfjs turns into text. */
const OPENING = 'WasmBackendModuleThreadedSimd = WasmBackendModuleThreadedSimd || {};';

/** How many workers tfjs starts for its own threads, whether or not it is told to use any, and its wait for them. */
const POOL = 'var pthreadPoolSize=8;';
const WAIT = 'var numWorkersToLoad=PThread.unusedWorkers.length;';

/**
 * tfjs starts its wasm threads from the text of a function that reads `_scriptDir`, a variable around it, behind a
 * `typeof`. A minifier renames the one and drops the other, so the threads die of "e is not defined" and the
 * backend never starts. A variable of that name inside makes the function whole. (It is undefined in a worker anyhow.)
 *
 * The threads of training are the engine's own, so tfjs' pool is left empty: its eight idle workers took two thirds of the
 * memory, and Firefox at times never returned from starting them on a busy machine.
 */
function tfjsThreadFactory(): Plugin {
  return {
    name: 'tfjs-thread-factory',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js/ },
      handler(code) {
        if (!code.includes(OPENING) || !code.includes(POOL) || !code.includes(WAIT)) {
          this.error('tfjs-backend-wasm: not the thread factory that this plugin knows');
        }
        const whole = code.replace(OPENING, `${OPENING} var _scriptDir;`);
        const empty = whole.replace(POOL, 'var pthreadPoolSize=0;');
        // The last worker that is loaded ends the wait, so without workers nothing would.
        const started = empty.replace(WAIT, `${WAIT}if(numWorkersToLoad===0)removeRunDependency("wasm-instantiate");`);
        return { code: started, map: null };
      },
    },
  };
}

/**
 * WebKit runs a worker's entry once more when a chunk that is loaded later imports it, as Vite has such a chunk do for what
 * both use: two of the worker then answer every call. So an entry exports nothing, and what is shared is another chunk.
 */
function workerEntriesExportNothing(): Plugin {
  return {
    name: 'worker-entries-export-nothing',
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        const entry = chunk.type === 'chunk' && chunk.imports.find((name) => isEntry(bundle[name]));
        if (entry)
          this.error(`${chunk.fileName} imports ${entry}, the entry of a worker, which WebKit would run twice`);
      }
    },
  };
}

function isEntry(output: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): boolean {
  return output?.type === 'chunk' && output.isEntry;
}

const { collect, write } = notices();

const ALL_TESTS = ['{src,scripts,bench}/**/*.test.{ts,tsx}'];

export default defineConfig({
  // Relative, so that the build works from any folder of any host.
  base: './',
  define: { 'import.meta.env.PACKAGE_VERSION': JSON.stringify(packageJson.version) },
  plugins: [react(), hostHeaders(), preloadPage(), firstFrames(), embedElement(), teachingPage(), collect(), write()],
  resolve: {
    alias: { 'react-style-singleton': fileURLToPath(new URL('src/ui/react-style-singleton.ts', import.meta.url)) },
  },
  worker: {
    format: 'es',
    plugins: () => [tfjsThreadFactory(), workerEntriesExportNothing(), collect()],
  },
  // Vite does not look into workers for dependencies, and would reload the page when it met tfjs.
  optimizeDeps: {
    entries: [
      'index.html',
      'src/workers/training/main.ts',
      'src/workers/inference/pretrained-main.ts',
      'e2e/engine/run.ts',
    ],
  },
  // One worker file of everything that trains is the plan, not an accident.
  build: {
    chunkSizeWarningLimit: 1500,
    // Vite asks for the sheet of a late chunk only once, so a part whose sheet failed would come without.
    cssCodeSplit: false,
    rolldownOptions: { input: ['index.html', 'embed.html'] },
    // The README names them, and index.html tells an older one so.
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
  },
  test: {
    // Threads cost less to start than processes.
    pool: 'threads',
    setupFiles: ['src/language/speak-english.ts'],
    testTimeout: 30_000,
    // Vitest leaves a core to whoever looks on; here nobody does.
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      // Loading modules, tfjs among them, took a quarter of the suite's time: each thread loads them once for all its files.
      // So a test gives back what it changes of modules and globals.
      {
        extends: true,
        test: { name: 'shared', isolate: false, include: ALL_TESTS, exclude: [...defaultExclude, ...ISOLATED_TESTS] },
      },
      { extends: true, test: { name: 'isolated', include: [...ISOLATED_TESTS] } },
    ],
  },
});
