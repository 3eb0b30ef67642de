import type { KernelConfig } from '@tensorflow/tfjs-core';
import { movingAveragesKernel } from './averages.ts';
import { convFilterGradientKernel, convInputGradientKernel, convKernel, packFilterKernel } from './conv.ts';
import { maxPoolGradientKernel, maxPoolKernel } from './max-pool.ts';
import { normBackwardKernel, normEvaluateKernel, normForwardKernel } from './norm.ts';
import { padShortcutGradientKernel, padShortcutKernel } from './pad.ts';
import { poolGradientKernel, poolKernel } from './pool.ts';
import { sgdKernel } from './sgd.ts';

/** Our kernels for tfjs' wasm backend; some replace tfjs' own of the same name. */
export const WASM_KERNELS: readonly KernelConfig[] = [
  convKernel,
  packFilterKernel,
  convFilterGradientKernel,
  convInputGradientKernel,
  normForwardKernel,
  normEvaluateKernel,
  normBackwardKernel,
  sgdKernel,
  movingAveragesKernel,
  padShortcutKernel,
  padShortcutGradientKernel,
  poolKernel,
  poolGradientKernel,
  maxPoolKernel,
  maxPoolGradientKernel,
];
