import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { failureOf } from './failure.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { Session } from './session.ts';

const post = (message: FromWorker) => self.postMessage(message);

/** The page names the worker after the folder of its data files: the worker's own address says nothing of it. */
const dataFolder = self.name;

async function readFile(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(name, dataFolder));
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const session = new Session({
  tell: (report) => post({ kind: 'report', report }),
  read: readFile,
  wasmPaths: {
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  },
});

self.onmessage = ({ data: { id, command } }: MessageEvent<ToWorker>) => {
  session.do(command).then(
    () => post({ kind: 'done', id }),
    (error: unknown) => post({ kind: 'failed', id, failure: failureOf(error) }),
  );
};
