import { type ReactNode, type RefCallback, useState } from 'react';
import { DataTable } from '../../../../charts/panels/DataTable.tsx';
import type { Net } from '../../../../charts/panels/panel.ts';
import type { TableData } from '../../../../charts/panels/table-data.ts';
import { useWidth } from '../../../../charts/plot-area.ts';
import { say } from '../../../../language/say.ts';
import type { Records } from '../../../figures/csv.ts';
import { TableButton } from '../../../figures/FigureTools.tsx';
import figure from '../../../figures/figure.module.css';
import { SaveFigureMenu } from '../../../figures/saved/SaveFigureMenu.tsx';

export interface ImageNetFigureProps {
  /** Base name of the files that it is saved as. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly attach?: RefCallback<HTMLElement>;
  readonly tools?: ReactNode;
  readonly net: Net;
  /** Null while nothing is measured. */
  readonly measured: {
    readonly tables: readonly (TableData & { readonly key: string })[];
    readonly records: Records;
    readonly reading: string;
  } | null;
  readonly source: string;
  readonly height: number;
  readonly children: (width: number) => ReactNode;
}

/** A figure about the net that others trained: its chart or its numbers, what it shows, and whose method it is. */
export function ImageNetFigure(props: ImageNetFigureProps) {
  const { name, title, note, attach, tools, net, measured, source, height, children } = props;
  const [measure, width] = useWidth<HTMLDivElement>();
  const [table, setTable] = useState(false);
  return (
    <figure ref={attach} className={`fig ${figure.figure}`} aria-label={title} aria-busy={measured === null}>
      <div className="fig-head">
        <h4>{title}</h4>
        <span className="fig-note">{note}</span>
        {measured !== null && (
          <div className="fig-tools">
            <SaveFigureMenu
              {...{ name, title, note, source }}
              nets={[net]}
              keys={[]}
              reading={measured.reading}
              records={() => measured.records}
              hasPicture={!table}
            />
            <TableButton table={table} onChange={setTable} />
          </div>
        )}
      </div>
      {tools && <div className={figure.tools}>{tools}</div>}
      <div ref={measure} className={figure.chart} data-picture style={{ minHeight: height }}>
        {measured === null && <p className={figure.waiting}>{say('zoo.measuring')}</p>}
        {measured !== null &&
          table &&
          measured.tables.map((numbers) => <DataTable key={numbers.key} data={numbers} height={height} />)}
        {measured !== null && !table && width !== null && children(width)}
      </div>
      <figcaption className={figure.reading}>
        <span>{measured && `${measured.reading} `}</span>
        <small>{source}</small>
      </figcaption>
    </figure>
  );
}
