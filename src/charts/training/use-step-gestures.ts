import { type PointerEvent, type RefCallback, useCallback, useEffectEvent, useRef } from 'react';
import { zoomOf } from '../plot-area.ts';
import type { StepScale, View } from './step-scale.ts';
import { panView, zoomView } from './step-view.ts';

interface StepGestures {
  /** For the wheel: React's own listeners cannot keep the page from scrolling. */
  readonly attach: RefCallback<HTMLElement>;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
}

interface StepGesturesInput {
  readonly steps: StepScale;
  readonly full: View;
  readonly zoomed: boolean;
  readonly changeView: (change: (view: View) => View | null) => void;
  /** A pointer that neither pans nor zooms, in pixels from the top left of the plot. */
  readonly onPoint: (x: number, y: number) => void;
}

/** Wheel with a modifier and two fingers zoom, a mouse held down pans; all else points. */
export function useStepGestures({ steps, full, zoomed, changeView, onPoint }: StepGesturesInput): StepGestures {
  const pointers = useRef(new Map<number, number>());
  const { kind } = steps;
  const length = steps.right - steps.left;

  const onWheel = useEffectEvent((event: WheelEvent, x: number) => {
    const zooms = event.ctrlKey || event.metaKey || event.altKey;
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!zooms && !(zoomed && sideways)) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    if (zooms) {
      const factor = Math.exp((-(event.deltaY || event.deltaX) * lines * (event.ctrlKey ? 2 : 1)) / 400);
      changeView((view) => zoomView(kind, view, full, Math.max(0.5, Math.min(2, factor)), steps.stepAt(x)));
    } else {
      changeView((view) => panView(kind, view, full, ((event.deltaX || event.deltaY) * lines) / length));
    }
  });

  const attach = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const listen = (event: WheelEvent) => onWheel(event, placeIn(element, event)[0]);
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, []);

  return {
    attach,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      const [x] = placeIn(event.currentTarget, event);
      pointers.current.set(event.pointerId, x);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const [x, y] = placeIn(event.currentTarget, event);
      const before = pointers.current.get(event.pointerId);
      if (before !== undefined) pointers.current.set(event.pointerId, x);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (before !== undefined && other !== undefined) {
        const factor = Math.max(24, Math.abs(x - other)) / Math.max(24, Math.abs(before - other));
        const middle = (before + other) / 2;
        const moved = (x - before) / 2 / length;
        changeView((view) => {
          const closer = zoomView(kind, view, full, factor, steps.stepAt(middle)) ?? full;
          return panView(kind, closer, full, -moved);
        });
      } else if (before !== undefined && zoomed && event.pointerType === 'mouse') {
        changeView((view) => panView(kind, view, full, (before - x) / length));
      } else {
        onPoint(x, y);
      }
    },
    onPointerUp: (event) => {
      const alone = pointers.current.size === 1;
      pointers.current.delete(event.pointerId);
      if (event.type !== 'pointerup' || event.pointerType !== 'touch' || !alone) return;
      onPoint(...placeIn(event.currentTarget, event));
    },
  };
}

/** Where a pointer is, in pixels of the element from its top left. */
function placeIn(element: Element, { clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): [number, number] {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return [(clientX - left) / zoom, (clientY - top) / zoom];
}
