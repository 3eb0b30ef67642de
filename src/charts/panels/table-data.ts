import { commaJoined } from '../../language/joining.ts';
import { say } from '../../language/say.ts';
import type { Landscape } from '../maps/landscape.ts';
import type { BarPanel, Panel } from './panel.ts';

/** A figure as a table. */
export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** The lines of a panel as a table: a row a category, a column a line. */
export function linesTable(
  { key, title, lines, categories, y }: Panel,
  caption: string,
): TableData & { readonly key: string } {
  const columns = lines.map((line) => ({
    name: commaJoined([line.net.name, line.what]),
    values: new Map(line.points.map((point) => [point.at, point.value])),
  }));
  return {
    key,
    caption: title === '' ? caption : say('charts.titled', { figure: caption, title }),
    columns: columns.map(({ name }) => name),
    rows: categories.map(({ at, name }) => ({
      name,
      cells: columns.map(({ values }) => {
        const value = values.get(at) ?? Number.NaN;
        return Number.isNaN(value) ? '' : y.format(value);
      }),
    })),
  };
}

/** The bars of a panel as a table. */
export function barsTable(
  { key, title, groups, categories, y }: BarPanel,
  caption: string,
): TableData & { readonly key: string } {
  return {
    key,
    caption: title === '' ? caption : say('charts.titled', { figure: caption, title }),
    columns: groups.map(({ net, note }) => commaJoined([net.name, note])),
    rows: categories.map(({ at, name }) => ({
      name,
      cells: groups.map(({ bars }) => {
        const bar = bars.find((each) => each.at === at);
        return bar === undefined ? '' : (bar.text ?? y.format(bar.value));
      }),
    })),
  };
}

/** A plane's losses as a table: a row a place along the second direction, a column along the first. */
export function landscapeTable(
  { net, x, y, losses, complete }: Landscape,
  figure: string,
  value: (value: number) => string,
): TableData & { readonly key: string } {
  return {
    key: net.id,
    caption: say('charts.titled', { figure, title: net.name }),
    columns: x.map(value),
    rows: y.map((place, row) => ({
      name: value(place),
      cells: x.map((_, column) => {
        const loss = losses[row * x.length + column] ?? Number.NaN;
        return Number.isNaN(loss) && !complete ? '' : value(loss);
      }),
    })),
  };
}
