import { add, dispose as disposeAll, engine, keep, losses, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { BlockChoices } from '../../core/net/choices.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { type CifarNet, netName } from '../../core/net/net.ts';
import { Random } from '../../data/batches/random.ts';
import { backward } from '../../engine/graph/backward.ts';
import { compile } from '../../engine/graph/compile.ts';
import { forward } from '../../engine/graph/forward.ts';
import { crossEntropy } from '../../engine/ops/tensors/loss.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import { disposeBatch } from '../../engine/training/device-batch.ts';
import { Draws } from '../../engine/training/draws.ts';
import { Weights } from '../../engine/weights/weights.ts';
import { netWithin, quarters } from '../any-net.ts';
import type { Check } from './check.ts';
import { normals } from './finite-differences.ts';
import { GOLDEN_SHAPE, GOLDEN_WIDTH, goldenBatch } from './golden.ts';

/** Gains that the shortcuts of the nets have: behind one of 0 whose branch is dropped, all would be rounding. */
const GAINS = [0.5, 1, 1.5];

/** Choices that change what is computed, and not first values, since the nets get others. */
const CHOICES = ['norm', 'order', 'slope', 'shortcut', 'drop', 'span', 'rep'] as const satisfies (keyof BlockChoices)[];

/** How many nets are drawn, and how many of them are taken. */
const [DRAWN, TAKEN] = [2000, 24];

/** What a net is made of, such as "B", "norm group", "order usual" and "drop", three by three. */
function triplesOf({ family, block, option, choices = {} }: CifarNet): readonly string[] {
  const made = CHOICES.map((name) => {
    const value = choices[name] ?? 'usual';
    if (typeof value === 'object') return `${name} ${value.type}`;
    return typeof value === 'number' && name !== 'span' ? name : `${name} ${value}`;
  });
  const kinds = [family, block, option, ...made];
  return kinds.flatMap((first, nth) =>
    kinds.slice(nth + 1).flatMap((second, further) => {
      return kinds.slice(nth + further + 2).map((third) => `${first}, ${second}, ${third}`);
    }),
  );
}

/** Those nets of many, drawn with a fixed seed, that together have most triples of choices; their gains are drawn as well. */
function drawNets(): readonly CifarNet[] {
  const limits = { blocks: { min: 2, max: 2 }, width: { min: GOLDEN_WIDTH, max: GOLDEN_WIDTH } };
  const nets = fc.sample(fc.noBias(netWithin(limits, quarters)), { seed: 1, numRuns: DRAWN });
  const drawn = nets.map((net) => ({ net, triples: new Set(triplesOf(net)) }));
  return Array.from({ length: TAKEN }, (_, nth) => {
    const { net, triples } = drawn.reduce((most, each) => (each.triples.size > most.triples.size ? each : most));
    for (const triple of [...triples]) for (const each of drawn) each.triples.delete(triple);
    const random = new Random(`gains/${nth}`);
    return { ...net, gains: net.gains.map(() => GAINS[random.below(GAINS.length)] ?? 1) };
  });
}

/** Nets of combinations that no golden has: 6 blocks, half of them with the identity as shortcut, and width 4. */
const NETS = drawNets();

/** A net's logits and gradients by name. A parameter that nothing depends on may have no gradient, or zeros. */
type Values = ReadonlyMap<string, ArrayLike<number>>;

/** What a step of a net takes on the current backend, the same on each. */
function prepare(net: CifarNet) {
  const { size, classes } = GOLDEN_SHAPE;
  const graph = buildGraph(net, size, classes);
  const program = compile(graph);
  const weights = new Weights(graph, program, net.gains, 1);
  // A start at 0, or a gate that is shut, would hide what is behind it.
  for (const [name, { shape }] of [...weights.parameters.entries()]) {
    const noise = normals(shape, new Random(`drawn/${name}`));
    const centre = name.endsWith('.scale') ? 1 : 0;
    weights.parameters.set(
      name,
      tidy(() => add(mul(noise, 0.3), centre)),
    );
    noise.dispose();
  }
  const draws = new Draws(program, 1);
  draws.draw(1);
  const batch = goldenBatch(GOLDEN_SHAPE);
  const pass = () => forward(program, weights, batch.images, 'batch', true, { draws: draws.tensors });
  const dispose = () => {
    weights.dispose();
    draws.dispose();
    disposeBatch(batch);
  };
  return { program, weights, batch, pass, dispose };
}

async function valuesOf(net: CifarNet): Promise<Values> {
  const { program, weights, batch, pass, dispose } = prepare(net);
  const trace = pass();
  const logits = trace.values.get(program.output, 2).clone();
  const { metrics, dLogits } = crossEntropy(logits, batch.labels);
  const gradients = backward(program, weights, trace, dLogits);
  for (const [name, parameter] of weights.parameters.entries()) {
    const gradient = gradients.find(name);
    if (gradient !== undefined) gradients.set(name, wholeGradient(gradient, parameter));
  }
  const values = await read([['logits', logits], ...gradients.entries()]);
  for (const each of [trace.statistics, logits, metrics, gradients]) each.dispose();
  dispose();
  return values;
}

async function byTape(net: CifarNet): Promise<Values> {
  const { program, weights, batch, pass, dispose } = prepare(net);
  const parameters = [...weights.parameters.entries()];
  const kept: Tensor[] = [];
  const { value, grads } = engine().gradients(
    () => {
      const trace = pass();
      trace.statistics.dispose();
      const logits = trace.values.get(program.output, 2);
      kept.push(keep(logits.clone()));
      return losses.softmaxCrossEntropy<Tensor, Tensor>(batch.labels.oneHot, logits);
    },
    parameters.map(([, parameter]) => parameter),
    undefined,
    true,
  );
  const gradients = parameters.flatMap(([name], nth) => {
    const gradient: Tensor | null | undefined = grads[nth];
    return gradient ? [[name, gradient] as const] : [];
  });
  const values = await read([...kept.map((logits) => ['logits', logits] as const), ...gradients]);
  dispose();
  disposeAll([value, kept, gradients.map(([, gradient]) => gradient)]);
  return values;
}

async function read(tensors: Iterable<readonly [string, Tensor]>): Promise<Values> {
  const values = new Map<string, ArrayLike<number>>();
  for (const [name, each] of tensors) values.set(name, await each.data());
  return values;
}

async function ofNets(values: (net: CifarNet) => Promise<Values>, count = TAKEN): Promise<ReadonlyMap<string, Values>> {
  const all = new Map<string, Values>();
  for (const net of NETS.slice(0, count)) all.set(netName(net), await values(net));
  return all;
}

/**
 * Logits and gradients of the drawn nets, by their names, as the engine computes them on the current backend. The first
 * `count` have most of the triples.
 */
export const valuesOfNets = (count?: number) => ofNets(valuesOf, count);

/**
 * The same gradients by tfjs' tape, which has nothing in common with the engine's backward pass. It knows tfjs' operations
 * alone, so it works on cpu, which has none of the engine's kernels, and where `@tensorflow/tfjs` is loaded.
 */
export const valuesByTape = () => ofNets(byTape);

const TOLERANCE = 1e-4;

/** A tensor whose numbers are less than this share of a net's largest may be rounding, as the gradient of a shift before a norm. */
const LEAST_SHARE = 0.1;

/** Compares all values of nets, each tensor's as a share of its own largest number. */
export function compareValues(
  what: string,
  ours: ReadonlyMap<string, Values>,
  reference: ReadonlyMap<string, Values>,
): readonly Check[] {
  return [...reference].flatMap(([net, theirs]) => {
    const mine: Values = ours.get(net) ?? new Map();
    const least = LEAST_SHARE * Math.max(...[...theirs.values()].map(largest));
    return [...new Set([...mine.keys(), ...theirs.keys()])].map((name) => {
      const [a = [], b = []] = [mine.get(name), theirs.get(name)];
      const apart = Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? 0) - (b[at] ?? 0));
      const difference = largest(apart) / Math.max(least, largest(b));
      return { what: `${what}, ${net}: ${name}`, difference, tolerance: TOLERANCE };
    });
  });
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values, Math.abs).reduce((most, value) => Math.max(most, value), 0);
}
