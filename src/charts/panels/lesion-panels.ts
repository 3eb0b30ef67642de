import { blockCategories, type Measured, type PanelWords } from './measured.ts';
import type { BarPanel, Net, Panel, Point, Rule } from './panel.ts';

interface Sweep {
  /** The untouched net's error, in percent. */
  readonly before: number;
  /** By block: the error without it. */
  readonly errors: readonly { readonly block: number; readonly error: number }[];
}

interface LesionWords extends PanelWords {
  readonly intact: (error: string) => string;
  readonly damage: (error: string, points: string) => string;
  readonly count: (count: number) => string;
}

/** A bar a block from the intact net's error: the bar is the damage. */
export function lesionPanel(
  measured: readonly Omit<Measured<Sweep>, 'before'>[],
  blocks: number,
  baseline: Rule | null,
  words: LesionWords,
): BarPanel {
  const signed = (points: number) => `${points < 0 ? '−' : '+'}${words.percent(Math.abs(points))}`;
  return {
    key: 'lesions',
    title: '',
    groups: measured
      // A net that diverged has no level from which bars could grow.
      .filter(({ now: { before } }) => Number.isFinite(before))
      .map(({ net, now: { before, errors } }) => ({
        key: net.id,
        net,
        from: before,
        note: words.intact(words.percent(before)),
        bars: errors.map(({ block, error }) => ({
          at: block,
          value: error,
          ...(Number.isFinite(error) && { text: words.damage(words.percent(error), signed(error - before)) }),
        })),
      })),
    categories: blockCategories(blocks, words),
    y: { kind: 'linear', include: [], unit: '%', format: words.value },
    rules: baseline === null ? [] : [baseline],
  };
}

interface RandomLesions {
  readonly before: number;
  /** By number of lesions: the error of each trial. */
  readonly curve: readonly { readonly count: number; readonly errors: readonly number[] }[];
}

/** Error by the number of lesions at once: the mean of the trials as a line, their extremes as a band. */
export function randomLesionPanel(
  measured: readonly Omit<Measured<RandomLesions>, 'before'>[],
  baseline: Rule | null,
  words: LesionWords,
): Panel {
  const most = Math.max(0, ...measured.flatMap(({ now }) => now.curve.map(({ count }) => count)));
  const points = ({ before, curve }: RandomLesions): readonly Point[] => [
    { at: 0, value: before, low: before, high: before },
    ...curve
      .filter(({ errors }) => errors.length > 0)
      .map(({ count, errors }) => ({
        at: count,
        value: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        low: Math.min(...errors),
        high: Math.max(...errors),
      })),
  ];
  return {
    key: 'random',
    title: '',
    lines: measured.map(({ net, now }) => ({ key: net.id, net, what: '', points: points(now), faint: false })),
    categories: Array.from({ length: most + 1 }, (_, count) => ({
      at: count,
      name: words.count(count),
      tick: count === 0 ? words.count(0) : String(count),
    })),
    y: { kind: 'linear', include: [], unit: '%', format: words.value },
    rules: baseline === null ? [] : [baseline],
  };
}

interface DamageWords extends Pick<PanelWords, 'block' | 'blockTick' | 'value'> {
  readonly intact: (value: string) => string;
  /** A block's reading: the probability of the original answer, and the name of the likeliest class now. */
  readonly says: (value: string, name: string) => string;
  readonly share: (probability: number) => string;
}

interface DamagedAnswer {
  readonly block: number;
  /** 0 to 1. */
  readonly probability: number;
  readonly name: string;
}

/** A bar a block from the intact net's probability of its answer, in percent, down to what is left of it. */
export function damagePanel(
  net: Net,
  intact: number,
  blocks: number,
  answers: readonly DamagedAnswer[],
  words: DamageWords,
): BarPanel {
  const bars = answers.map(({ block, probability, name }) => {
    return { at: block, value: 100 * probability, text: words.says(words.share(probability), name) };
  });
  return {
    key: 'damage',
    title: '',
    groups: [{ key: net.id, net, from: 100 * intact, note: words.intact(words.share(intact)), bars }],
    categories: blockCategories(blocks, words),
    y: { kind: 'linear', include: [0], unit: '%', format: words.value },
    rules: [],
  };
}
