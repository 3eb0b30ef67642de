import { DatasetStore } from '../../store/datasets.ts';
import { RunStore } from '../../store/runs.ts';
import { WeightStore } from '../../store/weights.ts';
import { serve } from '../rpc.ts';
import type { LibraryApi } from './api.ts';
import { decodeInBrowser, decodesTruly } from './decode-image.ts';
import { Library } from './library.ts';

serve<LibraryApi>(self, () => {
  const kept = { datasets: new DatasetStore(), runs: new RunStore(), weights: new WeightStore() };
  return new Library({ ...kept, decodeImage: decodeInBrowser, noisy: !decodesTruly() });
});
