import { data } from '../../language/en/data-errors.ts';
import { errors } from '../../language/en/errors.ts';
import { experiment } from '../../language/en/experiment-errors.ts';
import { formats } from '../../language/en/format-errors.ts';
import { speak } from '../../language/say.ts';
import { DatasetStore } from '../../store/datasets.ts';
import { RunStore } from '../../store/runs.ts';
import { WeightStore } from '../../store/weights.ts';
import { serve } from '../rpc.ts';
import type { LibraryApi } from './api.ts';
import { decodeInBrowser, decodesTruly } from './decode-image.ts';
import { Library } from './library.ts';

// The page says a worker's errors in its own language.
speak('en', { errors, data, experiment, formats });

serve<LibraryApi>(self, () => {
  const kept = { datasets: new DatasetStore(), runs: new RunStore(), weights: new WeightStore() };
  return new Library({ ...kept, decodeImage: decodeInBrowser, noisy: !decodesTruly() });
});
