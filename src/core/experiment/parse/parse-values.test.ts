import { expect, test } from 'vitest';
import { type Sentence, sayIt } from '../../../language/sentence.ts';
import { PRESETS } from '../presets.ts';
import { experimentOrPreset } from './parse.ts';
import { plainJson } from './parse-values.ts';

const fail = (problem: Sentence) => new TypeError(`it ${sayIt(problem)}`);
const refused = (input: unknown) => () => plainJson(input, fail);

test('what JSON can hold is copied as it would be', () => {
  const shared = { a: 1 };
  const input = { list: [shared, shared, null, 'x', true], left: undefined, ['__proto__']: 1 };
  expect(plainJson(input, fail)).toEqual(JSON.parse(JSON.stringify(input)));
  const own: object = JSON.parse('{"__proto__": {"polluted": 1}}');
  expect(JSON.stringify(plainJson(own, fail))).toBe('{"__proto__":{"polluted":1}}');
  expect(plainJson([Number.NaN, Number.POSITIVE_INFINITY], fail)).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
});

test('what it cannot hold is refused', () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = [cyclic];
  expect(refused(cyclic)).toThrow('it contains itself at 0');
  expect(refused({ batch: 16n })).toThrow('it has a bigint in batch, which JSON does not have');
  expect(refused([() => 1])).toThrow('it has a function at 0');
  expect(refused(Symbol('s'))).toThrow('it has a symbol');
  let deep: unknown = 1;
  for (let nth = 0; nth < 100_000; nth++) deep = [deep];
  expect(refused(deep)).toThrow('it is too deep');
  expect(refused(new Array(4e9))).toThrow('it has a list of 4000000000');
  expect(refused(new Array(999).fill(new Array(2000).fill(0)))).toThrow('it has too many values');
});

test('getters and proxies are read once, and what they throw becomes a refusal', () => {
  const hostile = {
    get lanes() {
      throw new RangeError('boo');
    },
  };
  expect(refused(hostile)).toThrow('it cannot be read');
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('boo');
      },
    },
  );
  expect(refused({ data: proxy })).toThrow('it cannot be read');
  let reads = 0;
  const changing = {
    ...PRESETS.tiny,
    get until() {
      return ++reads === 1 ? 20 : 'x';
    },
  };
  expect(experimentOrPreset(changing).until).toBe(20);
  expect(() => experimentOrPreset({ ...PRESETS.tiny, until: 9n })).toThrow('experiment: it has a bigint in until');
  expect(() => experimentOrPreset({ ...PRESETS.tiny, until: '20' })).toThrow(
    'experiment.until: "20" is not a whole number',
  );
});
