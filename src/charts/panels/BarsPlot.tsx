import { scaleLinear } from 'd3';
import { netClass, netStyle, repeatDash } from '../colours.ts';
import { fitText } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import { AFTER, endWords, WORD_SIZE } from './EndWords.tsx';
import { PanelFrame, type PanelPlotProps, panelArea, panelScale } from './PanelFrame.tsx';
import type { BarPanel, PanelBar } from './panel.ts';
import panelsStyles from './panels.module.css';

interface BarsPlotProps extends PanelPlotProps {
  readonly panel: BarPanel;
}

const LINE = 13;
/** However small a value is, its bar can be seen. */
const LEAST = 1.5;
/** The dashes of a bar's outline, as a share of those of a curve. */
const OUTLINE = 0.25;

/**
 * Bars that grow from each net's own level: a function of its panel and a size. Those of a net that has the colour of one
 * before it are outlines, dashed as its curve.
 */
export function BarsPlot({ panel, ...props }: BarsPlotProps) {
  const { groups, categories, y: axis, rules } = panel;
  const { at, named } = props;
  const plotArea = panelArea(
    panel,
    groups.flatMap(({ net, note }) => [net.name, note]),
    props,
  );
  const { left, right, top, bottom } = plotArea;
  const room = plotArea.width - right - AFTER;
  const { slot, thick, offset } = barPlaces(right - left, categories.length, groups.length);
  const first = categories[0]?.at ?? 0;
  const middle = scaleLinear([first, first + 1], [left + slot / 2, left + slot * 1.5]);
  const x = (position: number) => middle(position);
  const drawn = (bars: readonly PanelBar[]) => bars.filter(({ value }) => Number.isFinite(value));
  const values = groups.flatMap(({ from, bars }) => [from, ...drawn(bars).map(({ value }) => value)]);
  const scale = panelScale(panel, values, plotArea);
  const { y } = scale;

  const category = at === null ? undefined : categories[at];
  const rows = groups.flatMap(({ key, net, bars }) => {
    const bar = bars.find((each) => each.at === category?.at);
    return bar === undefined ? [] : [{ key, net, what: '', text: bar.text ?? axis.format(bar.value) }];
  });
  const levels = named ? rules.filter(({ text }) => text) : [];
  const wishes = [
    ...groups.map(({ net, from }) => ({ text: net.name, x: right, y: y(from) })),
    ...levels.map(({ at, text }) => ({ text, x: right, y: y(at) })),
  ];
  const [highest, lowest] = [top + 6, bottom - LINE];
  const [one, two] = [LINE + 1, 2 * LINE + 2];
  // Two lines for each of many nets would lie over each other: the table has the notes.
  const hasNotes = (wishes.length - 1) * two <= lowest - highest;
  const places = endWords(wishes, highest, lowest, hasNotes ? two : one);
  return (
    <PanelFrame
      {...props}
      panel={panel}
      plotArea={plotArea}
      scale={scale}
      x={x}
      rows={rows}
      behind={
        category !== undefined && (
          <rect
            className={panelsStyles.slot}
            data-fleeting
            x={x(category.at) - slot / 2}
            y={top}
            width={slot}
            height={bottom - top}
          />
        )
      }
    >
      {groups.map(({ key, net, from, note, bars }, nth) => {
        const place = places[nth] ?? y(from);
        const { repeat = 0 } = net;
        // An outline is drawn on both sides of its edge.
        const inset = repeat > 0 ? 0.5 : 0;
        return (
          <g key={key} className={netClass(net.family)} style={netStyle(net.lightness)}>
            {drawn(bars).map((bar) => {
              const tall = Math.max(LEAST, Math.abs(y(bar.value) - y(from)));
              const upper = bar.value < from ? y(from) : y(from) - tall;
              return (
                <rect
                  key={bar.at}
                  className={repeat > 0 ? `${panelsStyles.damage} ${panelsStyles.repeat}` : panelsStyles.damage}
                  strokeDasharray={repeatDash(repeat, OUTLINE)}
                  x={x(bar.at) + offset(nth) + inset}
                  y={upper + inset}
                  width={Math.max(0.5, thick - 2 * inset)}
                  height={tall - 2 * inset}
                  rx={1}
                />
              );
            })}
            <line
              className={panelsStyles.level}
              strokeDasharray={repeatDash(repeat)}
              x1={left}
              x2={right}
              y1={y(from)}
              y2={y(from)}
            />
            {named && (
              <>
                <path className={plotStyles.lead} d={`M${right + 2} ${y(from)}L${right + AFTER - 3} ${place}`} />
                <text className={plotStyles.name} x={right + AFTER} y={place + 1}>
                  <tspan>{fitText(net.name, room, WORD_SIZE, true)}</tspan>
                  {hasNotes && (
                    <tspan x={right + AFTER} dy={LINE}>
                      {fitText(note, room, WORD_SIZE)}
                    </tspan>
                  )}
                </text>
              </>
            )}
          </g>
        );
      })}
      {levels.map(({ text }, nth) => (
        <text key={text} x={right + AFTER} y={(places[groups.length + nth] ?? 0) + 4}>
          {fitText(text, room, WORD_SIZE)}
        </text>
      ))}
    </PanelFrame>
  );
}

/** Where bars stand on a row of slots. */
export interface BarPlaces {
  /** Pixels from one category to the next. */
  readonly slot: number;
  readonly thick: number;
  /** From the middle of a slot to the left edge of a group's bar. */
  readonly offset: (group: number) => number;
}

const SHARE = 0.72;
const THICKEST = 12;

/**
 * The bars of `groups` nets side by side in each of `categories` slots. Where there is little room the gaps between them go
 * first; bars of a pixel that still do not fit overlap, so that none is in another slot.
 */
export function barPlaces(width: number, categories: number, groups: number): BarPlaces {
  const slot = width / Math.max(1, categories);
  const side = Math.max(1, groups);
  const room = slot * SHARE;
  const gap = side > 1 && room >= 2 * side ? 1 : 0;
  const thick = Math.max(1, Math.min(THICKEST, room / side - gap));
  const apart = Math.min(thick + gap, Math.max(0, slot - thick) / Math.max(1, side - 1));
  const whole = (side - 1) * apart + thick;
  return { slot, thick, offset: (group) => group * apart - whole / 2 };
}
