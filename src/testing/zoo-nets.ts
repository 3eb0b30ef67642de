import { IMAGENET_DEPTHS } from '../core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../core/net/zoo.ts';

/** The nets that the paper compares, from the shallowest to the deepest, as their papers have them. */
export const ZOO_NETS = [
  makeAlexNet(),
  makeVgg(16),
  makeVgg(19),
  makeGoogLeNet(),
  makeImageNetNet('plain', 18),
  makeImageNetNet('plain', 34),
  ...IMAGENET_DEPTHS.map((depth) => makeImageNetNet('residual', depth)),
] as const;
