import { WASM_FILES } from '../../engine/device/wasm-files.ts';
import { WeightStore } from '../../store/weights.ts';
import { decodePhotograph, decodesTruly } from '../library/decode-image.ts';
import { serve } from '../rpc.ts';
import type { InferenceApi } from './api.ts';
import { Pretrained } from './pretrained.ts';

serve<InferenceApi>(self, () => {
  const decoding = { decodeImage: decodePhotograph, noisy: !decodesTruly() };
  return new Pretrained({ wasmPaths: WASM_FILES, ...decoding, files: new WeightStore() });
});
