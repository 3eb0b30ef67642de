import type { KernelConfig } from '@tensorflow/tfjs-core';
import { webgpuConcatChannelsKernel, webgpuSplitChannelsKernel } from './channels.ts';
import { webgpuConvFilterGradientKernel } from './conv/conv-filter-gradient.ts';
import { webgpuConvKernel } from './conv/conv-forward.ts';
import { webgpuConvInputGradientKernel } from './conv/conv-input-gradient.ts';
import { webgpuDropoutKernel } from './dropout.ts';
import { webgpuGateGradientKernel, webgpuGateKernel } from './gate.ts';
import {
  webgpuCrossEntropyKernel,
  webgpuDenseGradientKernel,
  webgpuDenseKernel,
  webgpuPoolGradientKernel,
  webgpuPoolKernel,
} from './head.ts';
import { webgpuGroupNormBackwardKernel, webgpuGroupNormKernel } from './norm/group-norm.ts';
import { webgpuNormBackwardKernel } from './norm/norm-backward.ts';
import { webgpuNormEvaluateKernel, webgpuNormForwardKernel } from './norm/norm-forward.ts';
import { webgpuResponseNormGradientKernel, webgpuResponseNormKernel } from './norm/response-norm.ts';
import { webgpuPackKernel } from './pack.ts';
import { webgpuPadShortcutGradientKernel, webgpuPadShortcutKernel } from './pad.ts';
import { webgpuChannelSumsKernel, webgpuScaledSumGradientKernel, webgpuScaledSumKernel } from './scaled-sum.ts';
import { webgpuMovingAveragesKernel, webgpuSgdKernel } from './updates.ts';
import {
  webgpuAveragePoolGradientKernel,
  webgpuAveragePoolKernel,
  webgpuMaxPoolGradientKernel,
  webgpuMaxPoolKernel,
} from './windows.ts';

/** Our kernels for tfjs' webgpu backend. */
export const WEBGPU_KERNELS: readonly KernelConfig[] = [
  webgpuConvKernel,
  webgpuConvInputGradientKernel,
  webgpuConvFilterGradientKernel,
  webgpuNormForwardKernel,
  webgpuNormEvaluateKernel,
  webgpuNormBackwardKernel,
  webgpuPadShortcutKernel,
  webgpuPadShortcutGradientKernel,
  webgpuPoolKernel,
  webgpuPoolGradientKernel,
  webgpuDenseKernel,
  webgpuDenseGradientKernel,
  webgpuCrossEntropyKernel,
  webgpuPackKernel,
  webgpuSgdKernel,
  webgpuMovingAveragesKernel,
  webgpuScaledSumKernel,
  webgpuScaledSumGradientKernel,
  webgpuChannelSumsKernel,
  webgpuDropoutKernel,
  webgpuGateKernel,
  webgpuGateGradientKernel,
  webgpuGroupNormKernel,
  webgpuGroupNormBackwardKernel,
  webgpuConcatChannelsKernel,
  webgpuSplitChannelsKernel,
  webgpuMaxPoolKernel,
  webgpuMaxPoolGradientKernel,
  webgpuAveragePoolKernel,
  webgpuAveragePoolGradientKernel,
  webgpuResponseNormKernel,
  webgpuResponseNormGradientKernel,
];
