import type { InquiryResult } from '../../lab/inquiry.ts';
import type { Answer } from '../../lab/inside-state.ts';
import type { LesionErrors, LesionResult } from '../../spec/lesion.ts';
import type { FeatureMap, FeaturesResult, ProbeResult } from '../../spec/probe.ts';
import type { Records } from '../save/records.ts';

const NONE: Records = { columns: [], rows: [] };

/** All that a figure was drawn from. */
export function recordsOf(answers: readonly Answer[]): Records {
  const results = answers.flatMap(({ now }): readonly InquiryResult[] => (now === null ? [] : [now]));
  const tables = results.map((result) => {
    const { columns, rows } = 'name' in result ? probeRecords(result) : lesionRecords(result);
    return { columns: ['net', 'step', ...columns], rows: rows.map((row) => [result.lane, result.step, ...row]) };
  });
  return { columns: tables[0]?.columns ?? [], rows: tables.flatMap(({ rows }) => rows) };
}

function probeRecords(result: ProbeResult): Records {
  switch (result.name) {
    case 'gradients':
      return {
        columns: ['layer', 'block', 'gradient norm'],
        rows: result.layers.map(({ layer, block, norm }) => [layer, block, norm]),
      };
    case 'responses':
      return {
        columns: ['layer', 'block', 'kernel', 'standard deviation'],
        rows: result.layers.map(({ layer, block, kernel, deviation }) => [layer, block, kernel, deviation]),
      };
    case 'branches':
      return {
        columns: ['block', 'gain', 'F over x', 'F', 'x', 'share not above 0', 'weight norm'],
        rows: result.blocks.map(({ block, gain, ratio, branch, input, negative, weight }) => {
          return [block, gain, ratio, branch, input, negative, weight];
        }),
      };
    case 'correlation':
      return {
        columns: ['layer', 'block', 'cosine'],
        rows: result.layers.map(({ layer, block, cosine }) => [layer, block, cosine]),
      };
    case 'shattering':
      return {
        columns: ['lag', 'autocorrelation'],
        rows: result.autocorrelation.map((value, lag) => [lag, value]),
      };
    case 'paths':
      return {
        columns: ['length', 'paths', 'gradient of one path', 'gradient of all', 'followed', 'all followed'],
        rows: result.lengths.map(({ length, count, perPath, total, followed, exact }) => {
          return [length, count, perPath, total, followed, exact];
        }),
      };
    case 'features':
      return featureRecords(result);
    case 'landscape':
      return {
        columns: ['directions', 'along 1', 'along 2', 'loss', 'error %'],
        rows: Array.from(result.losses, (loss, index) => [
          result.over,
          result.x[index % result.x.length] ?? Number.NaN,
          result.y[Math.floor(index / result.x.length)] ?? Number.NaN,
          loss,
          result.errors[index] ?? Number.NaN,
        ]),
      };
    default:
      return result satisfies never;
  }
}

function featureRecords({ image: of, block, input, branch, output, filters }: FeaturesResult): Records {
  const image = typeof of === 'number' ? of : of.name;
  const mapRows = (map: string, { shape: [, width, channels], values }: FeatureMap) =>
    Array.from(values, (value, at) => {
      const pixel = Math.floor(at / channels);
      return [image, block, map, (at % channels) + 1, Math.floor(pixel / width), pixel % width, value];
    });
  const [, across, colours, count] = filters.shape;
  const filterRows = Array.from(filters.values, (value, at) => {
    const tap = Math.floor(at / (colours * count));
    const colour = 'RGB'[Math.floor(at / count) % colours] ?? '';
    return [image, 0, `stem filter ${colour}`, (at % count) + 1, Math.floor(tap / across), tap % across, value];
  });
  return {
    columns: ['image', 'block', 'map', 'channel', 'row', 'column', 'value'],
    rows: [...mapRows('x', input), ...mapRows('F(x)', branch), ...mapRows('y', output), ...filterRows],
  };
}

function lesionRecords(result: LesionResult): Records {
  const { before } = result;
  const byStatistics = (errors: LesionErrors) =>
    Object.entries(errors).map(([statistics, error]) => {
      const intact = Object.entries(before).find(([name]) => name === statistics)?.[1] ?? Number.NaN;
      return [statistics, intact, error] as const;
    });
  switch (result.study) {
    case 'sweep':
      return {
        columns: ['lesion', 'block', 'with block', 'statistics', 'intact error %', 'error %'],
        rows: result.bars.flatMap(({ lesion, errors }) =>
          byStatistics(errors).map((row) => [
            lesion.kind,
            lesion.block,
            lesion.kind === 'swap' ? lesion.other : '',
            ...row,
          ]),
        ),
      };
    case 'random':
      return {
        columns: ['lesion', 'at once', 'trial', 'blocks', 'statistics', 'intact error %', 'error %'],
        rows: result.curve.flatMap(({ count, trials }) =>
          trials.flatMap(({ lesions, errors }, trial) =>
            byStatistics(errors).map((row) => [
              result.kind,
              count,
              trial + 1,
              lesions
                .map((lesion) => (lesion.kind === 'swap' ? `${lesion.block}-${lesion.other}` : lesion.block))
                .join(' '),
              ...row,
            ]),
          ),
        ),
      };
    case 'together':
      return NONE;
    default:
      return result satisfies never;
  }
}
