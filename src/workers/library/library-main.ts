import { errors } from '../../language/en/errors.ts';
import { speak } from '../../language/say.ts';
import { Datasets } from '../../store/datasets.ts';
import { Runs } from '../../store/runs.ts';
import { WeightFiles } from '../../store/weights.ts';
import { serve } from '../rpc.ts';
import type { LibraryApi } from './api.ts';
import { decodeInBrowser, decodesTruly } from './decode-image.ts';
import { Library } from './library.ts';

// The page says a worker's errors in its own language.
speak('en', { errors });

serve<LibraryApi>(self, () => {
  const kept = { datasets: new Datasets(), runs: new Runs(), weights: new WeightFiles() };
  return new Library({ ...kept, decodeImage: decodeInBrowser, noisy: !decodesTruly() });
});
