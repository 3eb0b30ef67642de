import type { PresetName } from '../../core/experiment/presets.ts';

/** What the menu calls each preset, and what it is for. */
export const PRESET_TEXT: Readonly<Record<PresetName, { readonly title: string; readonly about: string }>> = {
  degradation: {
    title: 'Degradation',
    about: 'A deep plain net falls behind a shallow one; its residual twin learns.',
  },
  deep: { title: 'Deep', about: 'The same with 56 layers: the plain net hardly leaves chance.' },
  twins: { title: 'Twins', about: 'Two nets of 20 layers with equal first weights; only the shortcuts differ.' },
  sweep: { title: 'Depth sweep', about: 'Twelve nets from 8 to 56 layers: how error moves with depth.' },
  tiny: { title: 'Tiny', about: 'Degradation on images of 8 by 8 pixels, for slow machines.' },
  options: {
    title: 'Options A, B, C',
    about: 'Three kinds of shortcut in one net. Expect no ranking: they differ within noise.',
  },
  bottleneck: { title: 'Bottleneck', about: 'Blocks of 1x1, 3x3 and 1x1 convolutions, plain and residual.' },
  family: {
    title: 'Family',
    about: "The nets of the paper's figure 3 at an eighth of their width: VGG-19 (normalised), plain-34, ResNet-34.",
  },
};

/** What the menu shows for an experiment that is no preset. */
export const CUSTOM_PRESET = 'Your own';
