import { type Measured, seriesLines } from '../../../charts/panels/measured.ts';
import type { BarPanel, Panel } from '../../../charts/panels/panel.ts';
import { PANEL_WORDS } from '../../figures/panel-words.ts';
import type { ProbeBars, ProbePanel } from '../probes/probe.ts';

/** A probe's panel with the lines of these nets. */
export function probePanel<Result>(
  { key, title, points, start, categories, y, rules }: ProbePanel<Result>,
  measured: readonly Measured<Result>[],
): Panel {
  return {
    key,
    title,
    lines: seriesLines(measured, points, PANEL_WORDS, start),
    categories: categories(measured.flatMap(({ now, before }) => (before === null ? [now] : [now, before]))),
    y: { kind: 'linear', include: [], unit: '', ...y, format: PANEL_WORDS.value },
    rules,
  };
}

/** A probe's bars of this net. */
export function probeBars<Result>(
  { key, title, bars, categories, y }: ProbeBars<Result>,
  { net, now }: Pick<Measured<Result>, 'net' | 'now'>,
): BarPanel {
  return {
    key: `${net.id} ${key}`,
    title,
    groups: [{ key: net.id, net, from: 0, note: '', bars: bars(now) }],
    categories: categories(now),
    y: { kind: 'linear', include: [], unit: '', ...y, format: PANEL_WORDS.value },
    rules: [],
  };
}
