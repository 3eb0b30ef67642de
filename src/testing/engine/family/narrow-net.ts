import { PRETRAINED, type PretrainedModel } from '../../../core/data/pretrained.ts';
import { makeImageNetNet } from '../../../core/net/zoo.ts';

const [{ input }] = PRETRAINED;

/** ResNet-18 with few channels, for small images. */
export const NARROW: PretrainedModel = {
  name: 'ResNet-18',
  net: makeImageNetNet('residual', 18, { width: 4, form: 'pytorch' }),
  input: { ...input, shorter: 72, crop: 64 },
  repository: null,
  top1Error: 100,
};
