import { useState } from 'react';
import { DataTable } from '../../charts/panels/DataTable.tsx';
import { layerCategories } from '../../charts/panels/measured.ts';
import { LinesPanels } from '../../charts/panels/Panels.tsx';
import type { Category, Panel, Point } from '../../charts/panels/panel.ts';
import { linesTable } from '../../charts/panels/table-data.ts';
import { useWidth } from '../../charts/plot-area.ts';
import type { Spread } from '../../charts/series/seeds.ts';
import { say } from '../../language/say.ts';
import { TableButton } from '../figures/FigureTools.tsx';
import { PANEL_WORDS } from '../figures/panel-words.ts';
import type { RecordedNet } from '../records/record-nets.ts';
import styles from './paper.module.css';

const HEIGHT = 280;

interface ResponsesFigureProps {
  readonly nets: readonly RecordedNet[];
  /** Which record, and after how many steps. */
  readonly title: string;
}

/** Figure 7 of trained nets: how strongly each layer responds, in the order of the net and sorted by magnitude. */
export function ResponsesFigure({ nets, title }: ResponsesFigureProps) {
  const [attach, width] = useWidth<HTMLDivElement>();
  const [table, setTable] = useState(false);
  const panels = responsePanels(nets);
  const label = say('paper.recordedFigure', { figure: say('insight.responsesTitle'), title });
  return (
    <figure className={`fig ${styles.responses}`} aria-label={label}>
      <div className="fig-head">
        <h4>{title}</h4>
        <div className="fig-tools">
          <TableButton table={table} onChange={setTable} />
        </div>
      </div>
      <div ref={attach} style={{ minHeight: HEIGHT }}>
        {table &&
          panels.map((panel) => <DataTable key={panel.key} data={linesTable(panel, label)} height={HEIGHT / 2} />)}
        {!table && width !== null && (
          <LinesPanels
            panels={panels}
            width={width}
            height={HEIGHT}
            label={say('insight.crosshair', { figure: label })}
          />
        )}
      </div>
      <figcaption>{say('paper.responsesSource')}</figcaption>
    </figure>
  );
}

/** The two panels of figure 7, their lines the means over the seeds, with a band from the lowest to the highest. */
export function responsePanels(nets: readonly RecordedNet[]): readonly Panel[] {
  const probed = nets.flatMap(({ series, responses }) => (responses === null ? [] : [{ series, responses }]));
  const panel = (key: 'inOrder' | 'sorted', title: string, categories: readonly Category[]): Panel => ({
    ...{ key, title, categories, rules: [] },
    lines: probed.map(({ series, responses }) => {
      return { key: series.id, net: series, what: '', points: responses[key].map(pointAt), faint: false };
    }),
    y: { kind: 'linear', include: [0], unit: '', format: PANEL_WORDS.value },
  });
  const layers = layerCategories(
    probed.map(({ responses }) => responses.layers),
    PANEL_WORDS,
  );
  const ranks = layers.map(({ at }) => ({ at, name: say('insight.responsesRank', { rank: at }), tick: String(at) }));
  return [
    panel('inOrder', say('insight.responsesInOrder'), layers),
    panel('sorted', say('insight.responsesSorted'), ranks),
  ];
}

function pointAt({ count, mean: value, low, high }: Spread, place: number): Point {
  return { at: place + 1, value, ...(count > 1 && { low, high }) };
}
