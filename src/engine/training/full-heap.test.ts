import { backend, memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeNet } from '../../core/net/net.ts';
import type { LesionRequest } from '../../core/results/lesion.ts';
import { PROBE_NAMES, PROBES, type ProbeRequest } from '../../features/insight/probes/probes.ts';
import { spyOnHeap } from '../../testing/engine/full-heap.ts';
import { RESIDUAL, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { AT_ONCE } from '../insight/measurement.ts';

const EXPERIMENT = tinyExperiment([
  RESIDUAL,
  makeNet('residual', 8, { width: 2, choices: { norm: { type: 'group', groups: 1 }, drop: 0.1 } }),
]);

const PICTURE = { name: 'picture', size: 1, rgb: new Uint8Array(3) };
const LESION: LesionRequest = {
  study: 'together',
  lesions: [{ kind: 'branch', block: 2 }],
  statistics: ['running', 'recalibrated'],
};

/** The default request, smaller. */
function smallProbe(name: ProbeRequest['name']): ProbeRequest {
  if (name === 'landscape') return { ...PROBES[name].defaults, points: 3, images: 8 };
  if (name === 'shattering') return { ...PROBES[name].defaults, lines: 1, points: 3 };
  return PROBES[name].defaults;
}

/** What there is on the device. */
const standing = () => ({ tensors: memory().numTensors, bytes: memory().numBytes });

/** References that tfjs' own kernels hold for as long as they run, and keep where they fail: those of a product, for one. */
const KEPT_BY_TFJS = 2;

describe('where the heap is full, nothing is left behind', () => {
  beforeAll(async () => {
    await startDevice('wasm');
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('by a race that cannot be opened, or whose round fails, wherever that is', () => {
    const run = () => {
      const race = tinyRace(EXPERIMENT);
      try {
        race.round();
      } finally {
        race.dispose();
      }
    };
    const before = standing();
    run();
    const heap = spyOnHeap();
    run();
    const { asked } = heap;
    expect(standing()).toEqual(before);
    for (let nth = 0; nth < asked; nth++) {
      const data = backend().numDataIds();
      heap.refuse(nth);
      expect(run, `allocation ${nth}`).toThrow('heap: no room');
      expect(standing(), `allocation ${nth}`).toEqual(before);
      expect(backend().numDataIds() - data, `allocation ${nth}`).toBeLessThanOrEqual(KEPT_BY_TFJS);
    }
  });

  test.each([...PROBE_NAMES, 'lesion', 'classify', 'weights', 'at start', 'grown', 'snapshot'] as const)(
    'by %s',
    async (name) => {
      const race = tinyRace(EXPERIMENT);
      race.round();
      await race.report();
      const heap = spyOnHeap();
      const measure = async () => {
        if (name === 'snapshot') await race.snapshot();
        else if (name === 'classify') {
          // Of a race that has answered before, the statistics are kept.
          const fresh = tinyRace(EXPERIMENT);
          await fresh.classify(PICTURE).finally(() => fresh.dispose());
        } else if (name === 'weights') await race.weights('ResNet-8');
        else if (name === 'at start') await race.insightAtStart('ResNet-8').probe(smallProbe('gradients'), AT_ONCE);
        else if (name === 'grown') await race.branched('ResNet-8', 'grown');
        else if (name === 'lesion') await race.insight('ResNet-8').lesion(LESION, AT_ONCE);
        else await race.insight('ResNet-8').probe(smallProbe(name), AT_ONCE);
      };
      await measure();
      heap.refuse(null);
      await measure();
      const { asked } = heap;
      const before = standing();
      for (let nth = 0; nth < asked; nth += Math.ceil(asked / 60)) {
        heap.refuse(nth);
        await expect(measure(), `allocation ${nth}`).rejects.toThrow('heap: no room');
        expect(standing(), `allocation ${nth}`).toEqual(before);
      }
      race.dispose();
    },
  );
});
