import type { RecordedSpeed } from '../../core/results/device-speed.ts';

/**
 * CPU times of bench/results/widths.json (Chromium, one thread of WebAssembly; the forward pass was timed beside earlier
 * ones), and times of gpu.json (WebGPU by Dawn).
 */
export const RECORDED_SPEEDS: readonly RecordedSpeed[] = [
  { device: 'AMD EPYC ×1', ms: [3.378, 8.993, 20.74, 607.5, 185] },
  { device: 'NVIDIA H100', ms: [0.7404, 1.256, 1.725, 2.999, null] },
];
