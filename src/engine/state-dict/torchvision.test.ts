import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET_DEPTHS, netName } from '../../core/net/net.ts';
import { IMAGENET, makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { isBeside, torchTensors } from './torch-names.ts';

const json = readFileSync(new URL('goldens/names.json', import.meta.url), 'utf8');
const theirs = v.parse(v.record(v.string(), v.record(v.string(), v.array(v.number()))), JSON.parse(json));

const nets = [
  makeAlexNet({ form: 'pytorch' }),
  ...([16, 19] as const).flatMap((depth) => [makeVgg(depth), makeVgg(depth, { norm: true })]),
  makeGoogLeNet({ form: 'pytorch' }),
  ...IMAGENET_DEPTHS.map((depth) => makeImageNetNet('residual', depth, { form: 'pytorch' })),
].map((net) => ({ name: netName(net), net }));

test('every net that torchvision was asked for is compared', () => {
  expect(nets.map(({ name }) => name).toSorted()).toEqual(Object.keys(theirs).toSorted());
});

test.each(nets)('the tensors of $name have torchvision’s names and shapes', ({ name, net }) => {
  const ours = torchTensors(buildGraph(net, IMAGENET.size, IMAGENET.classes)).map((each) => [each.name, each.shape]);
  const wanted = Object.entries(theirs[name] ?? {}).filter(([tensor]) => !isBeside(tensor));
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(wanted));
});
