import type { GoogLeNet } from '../net.ts';
import type { Graph, Node } from '../node.ts';
import { SMALL_IMAGE } from '../zoo.ts';
import { GraphBuilder, scaled } from './builder.ts';

/** Filters of a module's branches: 1x1; 1x1 before 3x3; 1x1 before 5x5; 1x1 behind a pool (Szegedy et al. 2014, table 1). */
type Module = readonly [one: number, reduce3: number, three: number, reduce5: number, five: number, pooled: number];

const MODULES: Readonly<Record<string, Module>> = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
};

/** The largest of three by three with a stride of 2, the last of them beyond the edge where need be. */
const HALVE = { ceil: true };

/** Nine modules of four branches side by side. Small images are neither strided over nor pooled before the second layer. */
export function googLeNetGraph({ form, width }: GoogLeNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const small = size < SMALL_IMAGE;
  const layer = (name: string, from: Node, channels: number, kernel: number, stride = 1): Node => {
    const conv = builder.conv(`${name}.conv`, from, scaled(channels, width), {
      kernel,
      stride,
      bias: form === 'paper',
    });
    return builder.relu(`${name}.relu`, form === 'paper' ? conv : builder.norm(`${name}.norm`, conv));
  };
  const responses = (name: string, from: Node) => (form === 'paper' ? builder.lrn(name, from) : from);

  let last = layer('conv1', builder.input(size), 64, 7, small ? 1 : 2);
  if (!small) last = builder.maxPool('pool1', last, HALVE);
  last = layer('conv2', responses('lrn1', last), 64, 1);
  last = responses('lrn2', layer('conv3', last, 192, 3));
  last = builder.maxPool('pool2', last, HALVE);
  for (const [name, [one, reduce3, three, reduce5, five, pooled]] of Object.entries(MODULES)) {
    const at = (branch: string) => `inception${name}.${branch}`;
    const from = last;
    last = builder.concat(`inception${name}`, [
      layer(at('one'), from, one, 1),
      layer(at('three'), layer(at('reduce3'), from, reduce3, 1), three, 3),
      layer(at('five'), layer(at('reduce5'), from, reduce5, 1), five, form === 'paper' ? 5 : 3),
      layer(at('pooled'), builder.maxPool(at('pool'), from, { stride: 1, padding: 1 }), pooled, 1),
    ]);
    if (name === '3b') last = builder.maxPool('pool3', last, HALVE);
    if (name === '4e') last = builder.maxPool('pool4', last, { ...HALVE, kernel: form === 'paper' ? 3 : 2 });
  }
  const rate = form === 'paper' ? 0.4 : 0.2;
  builder.dense('head.dense', builder.dropout('head.dropout', builder.pool('head.pool', last), rate), classes);
  return builder.graph;
}
