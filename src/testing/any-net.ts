import fc from 'fast-check';
import { choicesProblem } from '../core/experiment/limits.ts';
import type { Limit } from '../core/experiment/parse/parse-values.ts';
import { BLOCK_ORDERS, type BlockChoices, CHOICE_LIMITS, withoutUsual } from '../core/net/choices.ts';
import { type CifarNet, layersPerBlock, makeNet, STAGES } from '../core/net/net.ts';

type Numbers = (limit: Limit) => fc.Arbitrary<number>;

/** With as many digits as a number may have, but no -0, which JSON does not tell from 0. Most of them are tiny. */
const anyNumber: Numbers = ({ min, max }: Limit) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);

/** Multiples of a quarter, all alike likely to change what a net computes. */
export const quarters: Numbers = ({ min, max }) =>
  fc.integer({ min: Math.ceil(4 * min), max: Math.floor(4 * max) }).map((count) => count / 4);

interface NetLimits {
  /** Blocks of a stage. */
  readonly blocks: Limit;
  /** Bounds groups and growth, too. */
  readonly width: Limit;
}

const choiceWithin = (width: Limit, number: Numbers): fc.Arbitrary<BlockChoices> =>
  fc.oneof(
    fc.constantFrom('orthogonal', 'delta-orthogonal', 'fixup').map((type): BlockChoices => ({ start: { type } })),
    number(CHOICE_LIMITS.share).map((share): BlockChoices => ({ start: { type: 'identity', share } })),
    fc.constant<BlockChoices>({ norm: { type: 'none' } }),
    fc.integer({ min: 1, max: width.max }).map((groups): BlockChoices => ({ norm: { type: 'group', groups } })),
    number(CHOICE_LIMITS.shift).map((shift): BlockChoices => ({ shift })),
    fc.constant<BlockChoices>({ lastScale: 0 }),
    fc.constantFrom(...BLOCK_ORDERS).map((order): BlockChoices => ({ order })),
    number(CHOICE_LIMITS.slope).map((slope): BlockChoices => ({ slope })),
    number(CHOICE_LIMITS.scalar).map((start): BlockChoices => ({ shortcut: { type: 'scalar', start } })),
    number(CHOICE_LIMITS.bias).map((bias): BlockChoices => ({ shortcut: { type: 'highway', bias } })),
    number(CHOICE_LIMITS.rate).map((rate): BlockChoices => ({ shortcut: { type: 'dropout', rate } })),
    fc.constant<BlockChoices>({ shortcut: { type: 'concat' } }),
    fc.integer({ min: 1, max: width.max }).map((growth): BlockChoices => ({ shortcut: { type: 'dense', growth } })),
    number(CHOICE_LIMITS.drop).map((drop): BlockChoices => ({ drop })),
    fc.constantFrom(1, 3).map((span): BlockChoices => ({ span })),
    fc.constant<BlockChoices>({ rep: true }),
  );

/** A net of the CIFAR family within these limits; of the choices that are drawn those that go together. */
export const netWithin = ({ blocks, width }: NetLimits, number = anyNumber): fc.Arbitrary<CifarNet> =>
  fc
    .record({
      family: fc.constantFrom('plain', 'residual'),
      blocks: fc.integer(blocks),
      width: fc.integer(width),
      block: fc.constantFrom('basic', 'bottleneck'),
      option: fc.constantFrom('A', 'B', 'C'),
      drawn: fc.array(choiceWithin(width, number), { maxLength: 16 }),
    })
    .map(({ family, blocks, drawn, ...rest }) => {
      const made = (choices: BlockChoices): CifarNet => {
        const unusual = withoutUsual(choices);
        const design = { ...rest, ...(unusual && { choices: unusual }) };
        return makeNet(family, STAGES * layersPerBlock(design) * blocks + 2, design);
      };
      return drawn.reduce((net, each) => {
        const next = made({ ...net.choices, ...each });
        return choicesProblem(next) === null ? next : net;
      }, made({}));
    });

/** Any net of the CIFAR family that can be made. */
export const anyNet: fc.Arbitrary<CifarNet> = netWithin({ blocks: { min: 1, max: 133 }, width: { min: 1, max: 64 } });
