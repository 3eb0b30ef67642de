import { formatNumber } from '../../core/format.ts';

const MOST_DECIMALS = 4;

/**
 * The numbers of one column with equally many decimals, so that they align: enough for two digits of the smallest, four
 * at most. A column with numbers beyond that is written number by number. Null is an empty cell.
 */
export function alignedTexts(values: readonly (number | null)[]): readonly string[] {
  const sizes = values.flatMap((value) => (value === null || value === 0 ? [] : [Math.abs(value)]));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(least)));
  const fits = sizes.every(Number.isFinite) && decimals <= MOST_DECIMALS && most < 1000;
  return values.map((value) => {
    if (value === null) return '';
    return sizes.length > 0 && fits ? value.toFixed(decimals).replace('-', '−') : formatNumber(value);
  });
}
