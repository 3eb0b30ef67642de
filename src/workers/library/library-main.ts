import { Datasets } from '../../store/datasets.ts';
import { Runs } from '../../store/runs.ts';
import { WeightFiles } from '../../store/weights.ts';
import { serve } from '../rpc.ts';
import type { LibraryApi } from './api.ts';
import { decodeInBrowser, decodesTruly } from './decode-image.ts';
import { Library } from './library.ts';

serve<LibraryApi>(self, () => {
  const kept = { datasets: new Datasets(), runs: new Runs(), weights: new WeightFiles() };
  return new Library({ ...kept, decodeImage: decodeInBrowser, noisy: !decodesTruly() });
});
