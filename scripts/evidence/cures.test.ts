import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type RecordedNet, recordedNets } from '../../src/features/records/record-nets.ts';
import { EVIDENCE } from './definition.ts';
import { readRecord } from './recorded.ts';

/** How docs/cures.md names a net, and what the net is called behind its family and depth. */
const NAMES = [
  [/identity start/i, /^plain.*, identity start$/],
  [/slope/i, /, slope 0\.5$/],
  [/highway/i, /, highway -2$/],
  [/dense 4/i, /, dense 4$/],
  [/learned scale from 0/i, /, learned scale 0$/],
  [/fixup/i, /, Fixup start/],
  [/gains of 0\.5/i, /, gains 0\.5$/],
  [/delta-orthogonal start/i, /, delta-orthogonal start$/],
  [/pre-activation/i, /, pre-activation$/],
  [/plain-\d+/, /^plain-\d+$/],
  [/ResNet-\d+|plain sum/, /^ResNet-\d+$/],
  [/without normalisation/i, /^plain-\d+, no norm$/],
] as const;

/** Decimals that are settings of a net, not errors. */
const SETTINGS = /(gains|slope|learned scale) (of |from )?[\d.]+/gi;

function valuesOf({ trb, test }: RecordedNet): readonly string[] {
  return [trb, test].flatMap((spread) =>
    spread === null ? [] : [spread.mean, spread.low, spread.high].map((value) => value.toFixed(1)),
  );
}

/** The paragraphs and list items of a part, without what ends in a colon to lead to the next. */
const statementsOf = (part: string) => part.split(/\n\n|\n(?=- )/).filter((text) => /\d\.\d/.test(text));

it.each([
  ['cures', /## After 4,000 steps\n([\s\S]*?)\nAt 56 layers/],
  ['cures-56', /\n(At 56 layers \(`cures-56`\)[\s\S]*?)\n## /],
])('docs/cures.md says of each net what the record %s has', async (name, pattern) => {
  const record = await readRecord(name);
  const part = pattern.exec(await readFile(join(EVIDENCE, '../docs/cures.md'), 'utf8'))?.[1];
  if (record === null || part === undefined) throw new Error('nothing to compare');
  const nets = recordedNets(record);
  const statements = statementsOf(part);
  expect(statements.length).toBeGreaterThan(3);
  for (const statement of statements) {
    const named = NAMES.flatMap(([said, lane]) => {
      if (!said.test(statement)) return [];
      const net = nets.find((one) => lane.test(one.lane.name));
      if (net === undefined) throw new Error(`no ${lane} in ${name}`);
      return [net];
    });
    const known = new Set([record.data.majority.toFixed(1), ...named.flatMap(valuesOf)]);
    const numbers = statement.replace(SETTINGS, '').match(/\d+\.\d+/g) ?? [];
    expect({ statement, unknown: numbers.filter((number) => !known.has(number)) }).toEqual({ statement, unknown: [] });
  }
});
