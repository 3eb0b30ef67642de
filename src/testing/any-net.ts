import fc from 'fast-check';
import { choicesProblem } from '../core/experiment/limits.ts';
import type { Limit } from '../core/experiment/parse/parse-values.ts';
import { BLOCK_ORDERS, type BlockChoices, CHOICE_LIMITS, withoutUsual } from '../core/net/choices.ts';
import { type CifarNet, layersPerBlock, makeNet, STAGES } from '../core/net/net.ts';

/** With as many digits as a number may have, but no -0, which JSON does not tell from 0. */
const number = ({ min, max }: Limit) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);

const choice: fc.Arbitrary<BlockChoices> = fc.oneof(
  fc.constantFrom('orthogonal', 'delta-orthogonal', 'fixup').map((type): BlockChoices => ({ start: { type } })),
  number(CHOICE_LIMITS.share).map((share): BlockChoices => ({ start: { type: 'identity', share } })),
  fc.constant<BlockChoices>({ norm: { type: 'none' } }),
  fc.integer(CHOICE_LIMITS.groups).map((groups): BlockChoices => ({ norm: { type: 'group', groups } })),
  number(CHOICE_LIMITS.shift).map((shift): BlockChoices => ({ shift })),
  fc.constant<BlockChoices>({ lastScale: 0 }),
  fc.constantFrom(...BLOCK_ORDERS).map((order): BlockChoices => ({ order })),
  number(CHOICE_LIMITS.slope).map((slope): BlockChoices => ({ slope })),
  number(CHOICE_LIMITS.scalar).map((start): BlockChoices => ({ shortcut: { type: 'scalar', start } })),
  number(CHOICE_LIMITS.bias).map((bias): BlockChoices => ({ shortcut: { type: 'highway', bias } })),
  number(CHOICE_LIMITS.rate).map((rate): BlockChoices => ({ shortcut: { type: 'dropout', rate } })),
  fc.constant<BlockChoices>({ shortcut: { type: 'concat' } }),
  fc.integer(CHOICE_LIMITS.growth).map((growth): BlockChoices => ({ shortcut: { type: 'dense', growth } })),
  number(CHOICE_LIMITS.drop).map((drop): BlockChoices => ({ drop })),
  fc.constantFrom(1, 3).map((span): BlockChoices => ({ span })),
  fc.constant<BlockChoices>({ rep: true }),
);

/** Any net of the CIFAR family that can be made; of the choices that are drawn those that go together. */
export const anyNet: fc.Arbitrary<CifarNet> = fc
  .record({
    family: fc.constantFrom('plain', 'residual'),
    blocks: fc.integer({ min: 1, max: 133 }),
    width: fc.integer({ min: 1, max: 64 }),
    block: fc.constantFrom('basic', 'bottleneck'),
    option: fc.constantFrom('A', 'B', 'C'),
    drawn: fc.array(choice, { maxLength: 16 }),
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
