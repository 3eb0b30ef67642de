import { WASM_FILES } from '../engine/device/wasm-files.ts';
import { WeightFiles } from '../store/weights.ts';
import { decodeUpTo } from './decode-image.ts';
import { failureOf } from './failure.ts';
import { Pretrained } from './pretrained.ts';
import type { FromPretrained, ToPretrained } from './pretrained-protocol.ts';

/** The shorter side of an image at the most: four times what is made of it. */
const LARGEST = 1024;

const post = (message: FromPretrained) => self.postMessage(message);

const pretrained = new Pretrained({
  wasmPaths: WASM_FILES,
  decodeImage: decodeUpTo(LARGEST),
  files: new WeightFiles(),
  onLoading: (loading) => post({ kind: 'progress', loading }),
  onDamaged: (part) => post({ kind: 'damaged', part }),
});

self.onmessage = ({ data: { id, command } }: MessageEvent<ToPretrained>) => {
  pretrained.do(command).then(
    (answer) => post({ kind: 'done', id, answer }),
    (error: unknown) => post({ kind: 'failed', id, failure: failureOf(error) }),
  );
};
