import { expect, test } from 'vitest';
import { choicesProblem } from '../../../core/experiment/limits.ts';
import { en } from '../../../language/en/catalog.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { citation, optionOf, withOption } from './choice-row.ts';
import { CHOICES, unusualOptions } from './choice-table.ts';

test('every option, once chosen, is the one that a net has', () => {
  for (const choice of CHOICES)
    for (const option of choice.options) {
      expect(optionOf(choice, withOption({ shift: 1 }, choice, option.choices))).toBe(option);
      expect(Object.keys(option.choices)).toEqual(option === choice.options[0] ? [] : [choice.id]);
    }
});

test('a number of an option is read back', () => {
  for (const { options } of CHOICES)
    for (const { number } of options) if (number) expect(number.of(number.choices(1))).toBe(1);
});

test('every option can be had by some net', () => {
  for (const { options } of CHOICES)
    for (const { choices } of options) {
      const nets = (['plain', 'residual'] as const).flatMap((family) =>
        [choices, { ...choices, norm: { type: 'none' } } as const].map(
          (all) => ({ family, depth: 20, block: 'basic', option: 'A', width: 8, choices: all }) as const,
        ),
      );
      expect(nets.some((net) => choicesProblem(net) === null)).toBe(true);
    }
});

test('what is not as in the paper is named with its source', () => {
  const sources = unusualOptions({ start: { type: 'identity', share: 0.1 }, slope: 0.2 }).map(({ source }) =>
    citation(source),
  );
  expect(sources).toEqual(['Zagoruyko & Komodakis 2017', 'Zhang et al. 2022']);
  // Inception-ResNets (Szegedy et al. 2016) concatenate parallel branches, and add what comes in.
  const [concat] = unusualOptions({ shortcut: { type: 'concat' } });
  expect(citation(concat?.source ?? expect.unreachable())).toBe('compare Huang et al. 2017');
});

test.each([
  ['English', en],
  ['Chinese', zh],
])('a refusal names what can be chosen as the fields do: %s', (_, { design, experiment }) => {
  const names = (key: keyof typeof experiment, ...names: readonly string[]) => {
    for (const name of names) expect(experiment[key]).toMatch(new RegExp(name, 'i'));
  };
  const lastScale = design.lastScale.replace(' at the start', '');
  names('choices.fixup', design.norm, `“${design.normNone}”`);
  names('choices.highway', `${design.orderOriginal} ?${design.order}`, design.start);
  names('choices.rep', `${design.orderOriginal} ?${design.order}`, lastScale);
  names('choices.dense', lastScale);
  names('choices.span', design.span);
});
