import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet } from '../../core/net/net.ts';
import { withoutNorms } from '../../testing/engine/without-norms.ts';
import type { NormInstruction } from '../ops/norm.ts';
import { compile, type Program, readsOf } from './compile.ts';

const NETS = (['A', 'B', 'C'] as const).flatMap((option) => [
  { name: `basic ${option}`, net: makeNet('residual', 14, { option }) },
  { name: `bottleneck ${option}`, net: makeNet('plain', 11, { option, block: 'bottleneck' }) },
]);

function normsOf({ instructions }: Program): readonly NormInstruction[] {
  return instructions.filter((instruction) => instruction.op === 'norm');
}

test('a block is four instructions: two convolutions, and two norms that do the ReLU and the sum', () => {
  const { instructions } = compile(buildGraph(makeNet('residual', 8, { width: 4 }), 8, 3));
  expect(instructions.slice(0, 6)).toEqual([
    conv('stem.conv', 'input'),
    norm('stem.relu', 'stem.conv', 'stem.norm', null, true),
    conv('stage1.block1.conv1', 'stem.relu'),
    norm('stage1.block1.relu1', 'stage1.block1.conv1', 'stage1.block1.norm1', null, true),
    conv('stage1.block1.conv2', 'stage1.block1.relu1'),
    norm('stage1.block1.relu', 'stage1.block1.conv2', 'stage1.block1.norm2', 'stem.relu', true),
  ]);
  expect(instructions.slice(-2).map(({ op }) => op)).toEqual(['pool', 'dense']);
});

test("a projection's norm stands alone, without sum and ReLU, before the branch that reads it", () => {
  const { instructions } = compile(buildGraph(makeNet('residual', 8, { option: 'B' }), 8, 3));
  const at = (output: string) => instructions.findIndex((instruction) => instruction.output === output);
  const projection = instructions[at('stage2.block1.shortcut.norm')];
  expect(projection).toMatchObject({ op: 'norm', sum: null, relu: false });
  const end = instructions[at('stage2.block1.relu')];
  expect(end).toMatchObject({ op: 'norm', sum: { shortcut: 'stage2.block1.shortcut.norm', block: 2 }, relu: true });
  expect(at('stage2.block1.shortcut.norm')).toBeLessThan(at('stage2.block1.relu'));
});

describe.each(NETS)('$name', ({ net }) => {
  const graph = buildGraph(net, 8, 3);
  const program = compile(graph);

  test('every block has one sum, every norm node one instruction', () => {
    const norms = normsOf(program);
    expect(norms.flatMap(({ sum }) => (sum === null ? [] : [sum.block]))).toEqual(
      net.gains.map((_, index) => index + 1),
    );
    expect(norms.map((instruction) => instruction.norm)).toEqual(
      graph.nodes.flatMap(({ op, name }) => (op === 'norm' ? [name] : [])),
    );
  });

  test('a value is there from its instruction to its last read, and nothing but the logits is left', () => {
    const there = new Set([program.input]);
    program.instructions.forEach((instruction, index) => {
      for (const read of readsOf(instruction)) expect(there).toContain(read);
      there.add(instruction.output);
      for (const name of program.lastReads[index] ?? []) there.delete(name);
    });
    expect([...there]).toEqual([program.output]);
  });
});

test('without norms, convolutions do the ReLU and the sum', () => {
  const { instructions } = compile(withoutNorms(buildGraph(makeNet('residual', 8, { width: 4 }), 8, 3)));
  expect(instructions.slice(0, 3)).toEqual([
    { ...conv('stem.conv', 'input'), output: 'stem.relu', relu: true },
    { ...conv('stage1.block1.conv1', 'stem.relu'), output: 'stage1.block1.relu1', relu: true },
    {
      ...conv('stage1.block1.conv2', 'stage1.block1.relu1'),
      ...{ output: 'stage1.block1.relu', sum: { shortcut: 'stem.relu', block: 1 }, relu: true },
    },
  ]);
});

function conv(output: string, input: string) {
  const weight = `${output}.weight`;
  const end = { bias: null, sum: null, relu: false };
  return { op: 'conv', output, input, weight, ...end, stride: 1, padding: 'same', groups: 1, packedShape: null };
}

function norm(output: string, input: string, name: string, shortcut: string | null, relu: boolean) {
  const sum = shortcut === null ? null : { shortcut, block: 1 };
  return {
    op: 'norm',
    output,
    input,
    norm: name,
    scale: `${name}.scale`,
    shift: `${name}.shift`,
    channels: 4,
    sum,
    relu,
  };
}
