import type { KernelConfig } from '@tensorflow/tfjs-core';
import { convFilterGradientKernel } from './conv/conv-filter-gradient.ts';
import { convKernel } from './conv/conv-forward.ts';
import { convInputGradientKernel } from './conv/conv-input-gradient.ts';
import { crossEntropyKernel, denseGradientKernel, denseKernel, poolGradientKernel, poolKernel } from './head.ts';
import { normBackwardKernel } from './norm-backward.ts';
import { normEvaluateKernel, normForwardKernel } from './norm-forward.ts';
import { packKernel } from './pack.ts';
import { padShortcutGradientKernel, padShortcutKernel } from './pad.ts';
import { movingAveragesKernel, sgdKernel } from './updates.ts';

/** Our kernels for tfjs' webgpu backend. */
export const WEBGPU_KERNELS: readonly KernelConfig[] = [
  convKernel,
  convInputGradientKernel,
  convFilterGradientKernel,
  normForwardKernel,
  normEvaluateKernel,
  normBackwardKernel,
  padShortcutKernel,
  padShortcutGradientKernel,
  poolKernel,
  poolGradientKernel,
  denseKernel,
  denseGradientKernel,
  crossEntropyKernel,
  packKernel,
  sgdKernel,
  movingAveragesKernel,
];
