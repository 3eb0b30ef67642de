import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { notices } from './scripts/build/notices.ts';

/** They make the page cross-origin isolated: without that there is no shared memory, and wasm has one thread. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * What a page may load: its own files, and weights and data sets that somebody asks for, which Hugging Face has behind
 * addresses that lead on to others of its own. WebAssembly is compiled and threads begin in blobs; dialogs bring their
 * own style elements, and the index its few lines for the theme.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' blob: data: https://huggingface.co https://*.huggingface.co https://*.hf.co",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ');

/** What of the machine the page may ask for: the camera, for itself alone. */
const PERMISSIONS = 'camera=(self), microphone=(), geolocation=()';

/** Puts the policy into the built page: while it is developed, Vite needs to do more. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

/** The first statement of the factory that tfjs turns into text. */
const OPENING = 'WasmBackendModuleThreadedSimd = WasmBackendModuleThreadedSimd || {};';

/**
 * tfjs starts its wasm threads from the text of a function that reads `_scriptDir`, a variable around it, behind a
 * `typeof`. A minifier renames the one and drops the other, so the threads die of "e is not defined" and the
 * backend never starts. A variable of that name inside makes the function whole. (It is undefined in a worker anyhow.)
 */
function wholeThreadFactory(): Plugin {
  return {
    name: 'whole-thread-factory',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js/ },
      handler(code) {
        if (!code.includes(OPENING)) this.error('tfjs-backend-wasm: not the thread factory that this plugin knows');
        return { code: code.replace(OPENING, `${OPENING} var _scriptDir;`), map: null };
      },
    },
  };
}

const { collect, write } = notices();

export default defineConfig({
  // Relative, so that the build works from any folder of any host.
  base: './',
  plugins: [react(), contentSecurityPolicy(), collect(), write()],
  worker: { format: 'es', plugins: () => [wholeThreadFactory(), collect()] },
  // Vite does not look into workers for dependencies, and would reload the page when it met tfjs.
  optimizeDeps: { entries: ['index.html', 'src/worker/main.ts', 'src/worker/pretrained-main.ts'] },
  server: { headers: ISOLATION },
  // A worker has the policy of its own answer, not the page's.
  preview: { headers: { ...ISOLATION, 'Content-Security-Policy': POLICY, 'Permissions-Policy': PERMISSIONS } },
  // One worker file of everything that trains is the plan, not an accident.
  build: { chunkSizeWarningLimit: 1500 },
  test: {
    include: ['{src,scripts,bench}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    // Vitest leaves a core to whoever looks on; here nobody does.
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
