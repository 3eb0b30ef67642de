import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { ExperimentError } from '../../core/experiment/parse/parse.ts';
import { PRESET_NAMES, PRESETS } from '../../core/experiment/presets.ts';
import { readLink, writeLink } from './link.ts';
import { encodeExperiment } from './link-code.ts';

const PAGE = 'https://example.org/some/folder/';
const OPERATED: Experiment = {
  ...PRESETS.bottleneck,
  lanes: PRESETS.bottleneck.lanes.map((lane, index) => (index === 1 ? { ...lane, name: 'é & #1 + 50% ☃' } : lane)),
  surgery: [
    { step: 3, lane: 'ResNet-20', block: 4, gain: 0 },
    { step: 9, lane: 'é & #1 + 50% ☃', block: 9, gain: 0.5 },
  ],
  recipe: { ...PRESETS.bottleneck.recipe, warmUp: { steps: 5, rate: 0.01 }, drops: [{ step: 40, by: 10 }], seed: 77 },
  until: 321,
};

function read(rest: string) {
  return readLink(new URL(rest, PAGE));
}

function withExperiment(json: string, query = ''): string {
  return `${query}#${new URLSearchParams({ experiment: json })}`;
}

describe('a link', () => {
  test('that asks for nothing means the default preset on whatever works', () => {
    expect(read('')).toEqual({ experiment: PRESETS.degradation, backend: 'auto' });
    for (const anchor of ['#about', '#', '#:~:text=a%20b&c=d', '#inside-title']) {
      expect(read(anchor)).toEqual({ experiment: PRESETS.degradation, backend: 'auto' });
    }
  });

  test.each(PRESET_NAMES)('may name the preset %s', (preset) => {
    expect(read(`?preset=${preset}`)).toEqual({ experiment: PRESETS[preset], backend: 'auto' });
  });

  test.each(['webgpu', 'wasm', 'cpu', 'auto'])('may name the backend %s', (backend) => {
    expect(read(`?preset=tiny&backend=${backend}`)).toEqual({ experiment: PRESETS.tiny, backend });
  });

  test('that was written brings the experiment back, with surgery, names and all', () => {
    const link = writeLink(new URL(PAGE), OPERATED);
    expect(link.href.startsWith(`${PAGE}#v=2&x=`)).toBe(true);
    expect(readLink(new URL(link.href)).experiment).toEqual(OPERATED);
  });

  test('brings equal steps back', () => {
    const experiment = { ...PRESETS.tiny, recipe: { ...PRESETS.tiny.recipe, equalSteps: true } } satisfies Experiment;
    expect(readLink(writeLink(new URL(PAGE), experiment)).experiment).toEqual(experiment);
  });

  test.each(PRESET_NAMES)('of %s with ten cuts brings it back, in less than 600 characters', (preset) => {
    const { lanes, ...rest } = PRESETS[preset];
    const surgery = Array.from({ length: 10 }, (_, nth) => {
      const { name, net } = lanes[nth % lanes.length] ?? expect.unreachable();
      return { step: 7 * nth + 3, lane: name, block: ((5 * nth) % net.gains.length) + 1, gain: nth % 3 === 0 ? 1 : 0 };
    }).filter(({ block }) => !Number.isNaN(block));
    const experiment = { ...rest, lanes, surgery };
    const link = writeLink(new URL(PAGE), experiment);
    expect(readLink(link).experiment).toEqual(experiment);
    expect(link.href.length).toBeLessThan(600);
  });

  test('of a whole switch is shorter than 300 characters', () => {
    const surgery = Array.from({ length: 15 }, (_, nth) => ({ step: 112, lane: 'ResNet-32', block: nth + 1, gain: 0 }));
    const experiment = { ...PRESETS.degradation, surgery };
    const link = writeLink(new URL(PAGE), experiment);
    expect(readLink(link).experiment).toEqual(experiment);
    expect(link.href.length).toBeLessThan(300);
  });

  test('of the first version, as it was copied until now, opens', () => {
    const json = JSON.stringify(OPERATED);
    expect(read(`#v=1&experiment=${encodeURIComponent(json)}`).experiment).toEqual(OPERATED);
  });

  test('that is written keeps the backend, and no preset or other experiment', () => {
    const page = new URL(withExperiment('{}', '?preset=sweep&backend=wasm'), PAGE);
    const link = writeLink(page, OPERATED);
    expect([...link.searchParams]).toEqual([['backend', 'wasm']]);
    expect(readLink(link)).toEqual({ experiment: OPERATED, backend: 'wasm' });
    expect(page.searchParams.get('preset')).toBe('sweep');
  });

  test('may leave out what has a default', () => {
    const { experiment } = read(withExperiment('{"lanes":[{"net":{"family":"residual","depth":8}}]}', '?preset=sweep'));
    expect(experiment.lanes.map(({ name }) => name)).toEqual(['ResNet-8']);
    expect(experiment.recipe).toEqual(PRESETS.sweep.recipe);
  });
});

describe('a bad link says what in it is wrong', () => {
  const whole = JSON.stringify(OPERATED);
  test.each([
    ['an unknown preset', '?preset=nope', /^preset: "nope" is not one of degradation, deep, /],
    ['an unknown backend', '?backend=cuda', /^backend: "cuda" is not one of webgpu, wasm, cpu, auto$/],
    [
      'an experiment cut short',
      withExperiment(whole.slice(0, 100)),
      /^link: the experiment in it is not JSON; .*copy it/,
    ],
    ['no experiment at all', withExperiment(''), /^link: the experiment in it is not JSON/],
    ['a field cut off', '#v=1&exper', /^link: the experiment in it is cut off or misspelt; copy the whole link again$/],
    ['a link cut off at its beginning', '#v', /^link: .* is cut off or misspelt/],
    ['a field cut off at its sign', '#v=1&experiment', /^link: the experiment in it is not JSON/],
    ['a misspelt name of the field', `#experimet=${encodeURIComponent(whole)}`, /^link: .* is cut off or misspelt/],
    [
      'a link that was encoded twice',
      `#${encodeURIComponent('v=1&experiment={}')}`,
      /^link: .* is cut off or misspelt; copy the whole link again$/,
    ],
    ['an experiment of another kind', withExperiment('[]'), /^experiment/],
    [
      'a depth that no net has',
      withExperiment('{"lanes":[{"net":{"family":"plain","depth":9}}]}'),
      /^experiment\.lanes\.0\.net\.depth: 9 is not 6n \+ 2; the nearest .*: 8 or 14$/,
    ],
    [
      'another version',
      '#v=3&experiment=%7B%7D',
      /^link: it is of version "3", and this page reads up to version 2; open it/,
    ],
    ['compressed text cut short', `#v=2&x=${encodeExperiment(OPERATED).slice(0, -9)}`, /^link: .* cut off or damaged/],
    ['no compressed text', '#v=2&x=', /^link: .* cut off or damaged/],
    ['text that is not base64', '#v=2&x=(%)', /^link: .* cut off or damaged/],
    ['a misspelt field', withExperiment('{"lanes":[],"untill":5}'), /untill/],
  ])('%s', (_, link, sentence) => {
    expect(() => read(link)).toThrow(ExperimentError);
    expect(() => read(link)).toThrow(sentence);
  });
});

test('whatever stands in an address, it is opened or refused by a sentence', () => {
  const name = fc.constantFrom('experiment', 'v', 'x', 'preset', 'backend', '__proto__');
  const whole = JSON.stringify(OPERATED);
  const json = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.nat(whole.length), fc.string({ maxLength: 6 }))
      .map(([at, put]) => whole.slice(0, at) + put + whole.slice(at)),
    fc.nat(whole.length).map((length) => whole.slice(0, length)),
    fc.constantFrom('{"lanes":[{"net":{"family":"plain","depth":1e9}}]}', `${'['.repeat(5000)}`, '1', 'twins', 'wasm'),
  );
  const part = fc.dictionary(name, json, { maxKeys: 3 }).map((fields) => new URLSearchParams(fields).toString());
  fc.assert(
    fc.property(part, part, (query, hash) => {
      try {
        expect(read(`?${query}#${hash}`).experiment.lanes.length).toBeLessThanOrEqual(24);
      } catch (error) {
        if (!(error instanceof ExperimentError)) throw error;
      }
    }),
    { numRuns: 10_000 },
  );
});

test('whatever is compressed in an address, it is opened or refused by a sentence', () => {
  const whole = encodeExperiment(OPERATED);
  const damaged = fc
    .tuple(fc.nat(whole.length), fc.string({ maxLength: 3 }), fc.nat(4))
    .map(([at, put, cut]) => whole.slice(0, at) + put + whole.slice(at + cut));
  const packed = fc
    .array(fc.array(fc.oneof(fc.double(), fc.nat(20), fc.constant(1e9)), { minLength: 5, maxLength: 5 }))
    .map((surgery) => base64(JSON.stringify({ lanes: [{ net: { family: 'plain', depth: 8 } }], surgery })));
  fc.assert(
    fc.property(fc.oneof(damaged, packed), (text) => {
      try {
        read(`#v=2&x=${encodeURIComponent(text)}`);
      } catch (error) {
        if (!(error instanceof ExperimentError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

test('a small link cannot fill the memory', () => {
  const bomb = base64(' '.repeat(100_000_000));
  expect(() => read(`#v=2&x=${bomb}`)).toThrow('cut off or damaged');
});

function base64(text: string): string {
  return Buffer.from(deflateSync(new TextEncoder().encode(text))).toString('base64url');
}
