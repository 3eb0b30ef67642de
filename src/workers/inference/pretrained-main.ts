import { WASM_FILES } from '../../engine/device/wasm-files.ts';
import { WeightStore } from '../../store/weights.ts';
import { decodeUpTo } from '../library/decode-image.ts';
import { serve } from '../rpc.ts';
import type { InferenceApi } from './api.ts';
import { Pretrained } from './pretrained.ts';

/** Maximum shorter side of a decoded image, in pixels: four times the nets' input. */
const LARGEST = 1024;

serve<InferenceApi>(self, () => {
  return new Pretrained({ wasmPaths: WASM_FILES, decodeImage: decodeUpTo(LARGEST), files: new WeightStore() });
});
