import { type ReactNode, type RefCallback, useState } from 'react';
import { DataTable } from '../../../charts/panels/DataTable.tsx';
import type { Net } from '../../../charts/panels/panel.ts';
import type { TableData } from '../../../charts/panels/table-data.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import type { StoryPart } from '../../race/story/claims.ts';
import { Sentence } from '../../race/story/Sentence.tsx';
import { SaveFigureMenu } from '../../share/figures/SaveFigureMenu.tsx';
import type { Answer } from '../inquiry.ts';
import { FIGURE_TEXT, type FigureName } from '../probes/probes.ts';
import { INSIDE } from '../strings.ts';
import { TableButton } from './controls/TableButton.tsx';
import { recordsOf } from './figure-records.ts';

export interface InsideFigureProps {
  readonly name: FigureName;
  /** To learn whether it is on the screen. */
  readonly attach?: RefCallback<HTMLElement>;
  /** What is shown: how many steps were made, or what it is of. */
  readonly note: string;
  /** What the figure's own controls are set to, for a picture that is saved without them. */
  readonly settings?: string;
  /** The figure's own controls. */
  readonly tools?: ReactNode;
  readonly answers: readonly Answer[];
  readonly tables: readonly (TableData & { readonly key: string })[];
  readonly reading: readonly StoryPart[];
  readonly nets: readonly Net[];
  /** Whose method it is, where that depends on what was chosen. */
  readonly source?: string;
  /** Height of the empty figure in CSS pixels, so that the page does not jump. */
  readonly height: number;
  /** In place of the chart while there is nothing to draw. */
  readonly empty?: ReactNode;
  readonly children: (width: number) => ReactNode;
}

/** A figure of Look inside: its title, its chart or its numbers, what it shows in a sentence, and whose method it is. */
export function InsideFigure(props: InsideFigureProps) {
  const { name, attach, note, settings = '', tools, answers, tables, reading, nets, height, empty, children } = props;
  const { title } = FIGURE_TEXT[name];
  const source = props.source ?? FIGURE_TEXT[name].source;
  const [measure, width] = useWidth<HTMLDivElement>();
  const [table, setTable] = useState(false);
  const measured = answers.some(({ now }) => now !== null);
  const waiting = measured && answers.some(({ now, running }) => now === null && running);
  const failures = [...new Set(answers.flatMap(({ failure }) => (failure === null ? [] : [failure])))];
  return (
    <figure
      ref={attach}
      className="fig inside-figure"
      aria-label={title}
      aria-busy={answers.some(({ running }) => running)}
    >
      <div className="fig-head">
        <h3>{title}</h3>
        <span className="fig-note">{`${note}${waiting ? `, ${INSIDE.measuring}` : ''}`}</span>
        <div className="fig-tools">
          {measured && (
            <SaveFigureMenu
              name={name}
              title={title}
              note={[settings, note].filter(Boolean).join(', ')}
              nets={nets}
              keys={[]}
              reading={reading.map(({ text }) => text).join('')}
              source={source}
              records={() => recordsOf(answers)}
              hasPicture={!table}
            />
          )}
          {measured && <TableButton table={table} onChange={setTable} />}
        </div>
      </div>
      {tools && <div className="inside-tools">{tools}</div>}
      <div ref={measure} className="inside-chart" data-picture style={{ minHeight: height }}>
        {measured &&
          table &&
          tables.map((numbers) => <DataTable key={numbers.key} numbers={numbers} height={height} />)}
        {measured && !table && width !== null && children(width)}
        {!measured && <div className="inside-empty">{empty ?? <p>{INSIDE.measuring}</p>}</div>}
      </div>
      {failures.map((failure) => (
        <p key={failure} className="problem" role="status">
          {`${INSIDE.failed}: ${failure}.`}
        </p>
      ))}
      <figcaption className="reading">
        {measured && <Sentence parts={reading} nets={nets} />}
        <small>{` ${source}`}</small>
      </figcaption>
    </figure>
  );
}
