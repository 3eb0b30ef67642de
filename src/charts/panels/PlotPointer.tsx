import { least } from 'd3';
import type { KeyboardEvent, PointerEvent } from 'react';
import plotStyles from '../plot.module.css';
import { zoomOf } from '../plot-area.ts';
import { hoverAfterKey } from '../training/hover.ts';

interface PlotPointerProps {
  /** Where the crosshair can stand, in pixels from the left. */
  readonly places: readonly number[];
  /** The place that it is at, from 0; null for none. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  readonly label: string;
  /** What is at the crosshair, in words. */
  readonly text: string;
}

/** What takes pointer and keys over a plot: to assistive technology a slider over its positions. */
export function PlotPointer({ places, at, onAt, label, text }: PlotPointerProps) {
  const count = places.length;
  const point = (event: PointerEvent<HTMLElement>) => {
    const x = (event.clientX - event.currentTarget.getBoundingClientRect().left) / zoomOf(event.currentTarget);
    const nearest = least(places.keys(), (index) => Math.abs((places[index] ?? 0) - x));
    if (nearest !== undefined && nearest !== at) onAt(nearest);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const next = hoverAfterKey(event.key, event.shiftKey, at === null ? null : at + 1, count);
    if (next === undefined) return;
    onAt(next === null ? null : next - 1);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      data-fleeting
      className={plotStyles.plotPointer}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, count)}
      aria-valuenow={(at ?? count - 1) + 1}
      aria-valuetext={text}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => event.pointerType !== 'touch' && onAt(null)}
      onKeyDown={press}
      onBlur={() => onAt(null)}
    />
  );
}
