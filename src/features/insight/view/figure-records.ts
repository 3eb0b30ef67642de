import type { LesionErrors, LesionResult } from '../../../core/results/lesion.ts';
import type { Records } from '../../figures/csv.ts';
import type { InquiryResult, Measurement } from '../inquiry.ts';
import { type ProbeResult, probeOf } from '../probes/probes.ts';

const NONE: Records = { heads: [], rows: [] };

/** The data that a figure was drawn from, as its CSV. */
export function recordsOf(answers: readonly Measurement[]): Records {
  const results = answers.flatMap(({ now }): readonly InquiryResult[] => (now === null ? [] : [now]));
  const tables = results.map((result) => {
    const { heads, rows } = 'name' in result ? probeRecords(result) : lesionRecords(result);
    return {
      heads: ['net', 'step', ...heads],
      rows: rows.map((row) => [result.lane, result.step, ...row]),
    };
  });
  return { heads: tables[0]?.heads ?? [], rows: tables.flatMap(({ rows }) => rows) };
}

function probeRecords(result: ProbeResult): Records {
  const { heads, rows } = probeOf(result);
  return { heads, rows: rows(result) };
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
        heads: ['lesion', 'block', 'with block', 'statistics', 'intact error %', 'error %'],
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
        heads: ['lesion', 'at once', 'trial', 'blocks', 'statistics', 'intact error %', 'error %'],
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
