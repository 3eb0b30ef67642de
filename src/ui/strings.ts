import type { BackendName } from '../core/experiment/device.ts';

/** The words of panels and controls. */
export const UI = {
  header: { stepNumber: (step: number) => `step ${step}` },
  predictions: {
    title: 'Predictions',
    about: 'test images no net has learnt from; bar: probability of the top answer',
    empty: 'After 25 steps the nets give their first answers here.',
    right: 'right',
    own: 'Your image…',
    ownFile: 'An image for the nets to tell what it is',
    yours: 'yours',
    truth: (answer: string) => `Truth: ${answer}`,
  },
} as const;

/** What the header calls a backend. */
export const BACKEND_TEXT: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};
