import { Datasets } from '../store/datasets.ts';
import { Runs } from '../store/runs.ts';
import { WeightFiles } from '../store/weights.ts';
import { decodeInBrowser } from './decode-image.ts';
import { Library } from './library.ts';
import type { LibraryApi } from './library-api.ts';
import { serve } from './rpc.ts';

serve<LibraryApi>(self, () => {
  const kept = { datasets: new Datasets(), runs: new Runs(), weights: new WeightFiles() };
  return new Library({ ...kept, decodeImage: decodeInBrowser });
});
