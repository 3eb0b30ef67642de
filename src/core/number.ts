import { count } from './format.ts';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number of any size, in about three digits: "817", "0.28", "−4.1", "1.3·10⁸". */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-3) return sign + power(size);
  if (size >= 1000) return sign + count(Math.round(size));
  return sign + String(Number(size.toPrecision(size >= 100 ? 3 : 2)));
}

/** Small whole numbers in full, large ones as powers of ten. */
export function many(value: number): string {
  return value < 1e7 ? count(value) : power(value);
}

function power(size: number): string {
  const [digits = '', exponent = ''] = size.toExponential(1).split('e');
  const raised = [...exponent.replace('+', '')].map((sign) => (sign === '-' ? '⁻' : RAISED[Number(sign)])).join('');
  return digits === '1.0' ? `10${raised}` : `${digits}·10${raised}`;
}
