import { locale } from '../language/sentence.ts';

/** "116,849" */
export function count(value: number): string {
  return value.toLocaleString(locale());
}

/** "75.7"; a dash where nothing is measured yet. */
export function percent(value: number | null): string {
  return value === null ? '–' : value.toFixed(1);
}

/** "19k", "464k", "1.7M": what fits beside a name. */
export function short(value: number): string {
  if (value >= 1e15) return `${(value / 1e15).toFixed(2)}P`;
  if (value >= 1e12) return `${(value / 1e12).toFixed(2)}T`;
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)}G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  return value >= 1e3 ? `${Math.round(value / 1e3)}k` : String(value);
}

/** "21", "2.4": rounds a second. */
export function rate(perSecond: number): string {
  return perSecond >= 10 ? count(Math.round(perSecond)) : perSecond.toFixed(1);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number of any size, in about three digits: "817", "0.28", "−4.1", "1.3·10⁸". */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-3) return sign + power(size);
  if (size >= 1000) return sign + count(Math.round(size));
  return sign + String(Number(size.toPrecision(size >= 100 ? 3 : 2)));
}

/** A positive number with two decimals, but of a small one two digits, however small: "0.72", "0.0031". */
export function decimalText(value: number): string {
  return value < 0.1 ? formatNumber(value) : value.toFixed(2);
}

/** Small whole numbers in full, large ones as powers of ten. */
export function formatCount(value: number): string {
  return value < 1e7 ? count(value) : power(value);
}

function power(size: number): string {
  const [digits = '', exponent = ''] = size.toExponential(1).split('e');
  const raised = [...exponent.replace('+', '')].map((sign) => (sign === '-' ? '⁻' : RAISED[Number(sign)])).join('');
  return digits === '1.0' ? `10${raised}` : `${digits}·10${raised}`;
}

/** The size of a file, in decimal units: "12 KB", "44.7 MB", "1,024 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${count(Math.round(bytes / 1e6))} MB`;
}
