import { WASM_FILES } from '../../engine/device/wasm-files.ts';
import { data } from '../../language/en/data-errors.ts';
import { errors } from '../../language/en/errors.ts';
import { experiment } from '../../language/en/experiment-errors.ts';
import { formats } from '../../language/en/format-errors.ts';
import { speak } from '../../language/say.ts';
import { WeightStore } from '../../store/weights.ts';
import { decodeUpTo } from '../library/decode-image.ts';
import { serve } from '../rpc.ts';
import type { PretrainedApi } from './api.ts';
import { Pretrained } from './pretrained.ts';

/** Maximum shorter side of a decoded image, in pixels: four times the nets' input. */
const LARGEST = 1024;

// The page says a worker's errors in its own language.
speak('en', { errors, data, experiment, formats });

serve<PretrainedApi>(self, () => {
  return new Pretrained({ wasmPaths: WASM_FILES, decodeImage: decodeUpTo(LARGEST), files: new WeightStore() });
});
