import type { KeyboardEvent } from 'react';
import plotStyles from '../plot.module.css';
import { hoverAfterKey } from './hover.ts';
import type { StepScale, View } from './step-scale.ts';
import { revealStep, zoomView } from './step-view.ts';
import { useStepGestures } from './use-step-gestures.ts';

interface StepPointerProps {
  readonly steps: StepScale;
  /** All steps. */
  readonly full: View;
  readonly zoomed: boolean;
  /** The last step that any lane has made. */
  readonly last: number;
  /** Steps behind it where the crosshair can stand; see `stepsToCome`. */
  readonly toCome: readonly number[];
  /** The step under the crosshair. */
  readonly at: number | null;
  readonly onHoverStep: (step: number | null) => void;
  /** A pointer over the plot, in pixels from its top left. */
  readonly onPoint: (x: number, y: number) => void;
  readonly onLeave: () => void;
  readonly changeView: (change: (view: View) => View | null) => void;
  readonly label: string;
  readonly description: string;
  readonly text: string;
}

const ZOOM_KEYS: Readonly<Record<string, number>> = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 };

/** What takes pointers and keys over the plot: to assistive technology a slider over the steps. */
export function StepPointer(props: StepPointerProps) {
  const { steps, full, zoomed, last, toCome, at, onHoverStep, onLeave, changeView } = props;
  const gestures = useStepGestures(props);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || last === 0) return;
    const hoverStep = hoverAfterKey(event.key, event.shiftKey, at, last, toCome);
    const factor = ZOOM_KEYS[event.key];
    if (hoverStep !== undefined) {
      onHoverStep(hoverStep);
      if (hoverStep !== null && zoomed) changeView((view) => revealStep(steps.kind, view, full, hoverStep));
    } else if (factor !== undefined) {
      const anchor = at ?? Math.min(last, (steps.view[0] + steps.view[1]) / 2);
      changeView((view) => zoomView(steps.kind, view, full, factor, anchor));
    } else if (event.key === '0') changeView(() => null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={gestures.attach}
      data-fleeting
      className={`${plotStyles.plotPointer} ${plotStyles.steps} ${zoomed ? plotStyles.zoomed : ''}`}
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={toCome.at(-1) ?? last}
      aria-valuenow={at ?? last}
      aria-valuetext={props.text}
      aria-description={props.description}
      onKeyDown={onKeyDown}
      onBlur={onLeave}
      onPointerDown={gestures.onPointerDown}
      onPointerMove={gestures.onPointerMove}
      onPointerUp={gestures.onPointerUp}
      onPointerCancel={gestures.onPointerUp}
      onPointerLeave={(event) => event.pointerType !== 'touch' && onLeave()}
      onDoubleClick={() => changeView(() => null)}
    />
  );
}
