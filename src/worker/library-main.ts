import { Datasets } from '../store/datasets.ts';
import { Runs } from '../store/runs.ts';
import { WeightFiles } from '../store/weights.ts';
import { decodeInBrowser, readsBackTrue } from './decode-image.ts';
import { failureOf } from './failure.ts';
import { Library } from './library.ts';
import type { FromLibrary, ToLibrary } from './library-protocol.ts';

const post = (message: FromLibrary, transfer: readonly ArrayBufferLike[] = []) =>
  self.postMessage(message, { transfer: transfer.filter((buffer) => buffer instanceof ArrayBuffer) });

const library = new Library({
  datasets: new Datasets(),
  runs: new Runs(),
  weights: new WeightFiles(),
  decodeImage: decodeInBrowser,
  noisy: !readsBackTrue(),
  onProgress: (fraction) => post({ kind: 'progress', fraction }),
});

self.onmessage = ({ data }: MessageEvent<ToLibrary>) => {
  if ('cancel' in data) {
    library.cancel();
    return;
  }
  if ('enough' in data) {
    library.enough();
    return;
  }
  const { id, command } = data;
  library.do(command).then(
    (answer) => {
      const unkept = answer.of === 'keep' ? answer.unkept : null;
      post({ kind: 'done', id, answer }, unkept === null ? [] : [unkept.bytes.buffer]);
    },
    (error: unknown) => post({ kind: 'failed', id, failure: failureOf(error) }),
  );
};
