import { locale } from '../language/say.ts';

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
