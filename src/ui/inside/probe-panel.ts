import type { Measured } from '../../charts/inside/measured.ts';
import type { Panel } from '../../charts/inside/panel.ts';
import { seriesLines } from '../../charts/inside/series-lines.ts';
import type { ProbePanel } from '../../probes/probe.ts';
import { PANEL_WORDS } from '../../text/inside.ts';

/** A probe's panel with the lines of these nets. */
export function probePanel<Result>(
  { key, title, points, start, stops, y, rules }: ProbePanel<Result>,
  measured: readonly Measured<Result>[],
): Panel {
  return {
    key,
    title,
    lines: seriesLines(measured, points, PANEL_WORDS, start),
    stops: stops(measured.map(({ now }) => now)),
    y: { kind: 'linear', include: [], unit: '', ...y, format: PANEL_WORDS.value },
    rules,
  };
}
