import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { say } from '../../language/say.ts';
import { zoomOf } from '../plot-area.ts';
import { spokenGuess } from './GuessMarks.tsx';
import { type CurveGuesses, errorAfterKey, heightOf, movedGuess, type PlacedGuess } from './guess.ts';
import styles from './guesses.module.css';

interface GuessHandlesProps {
  readonly guesses: CurveGuesses;
  readonly placed: readonly PlacedGuess[];
  /** Pixels from the top of the plot to an error. */
  readonly errorAt: (y: number) => number;
}

/** Once training begins, the focus of a dot goes to the crosshair of its plot instead of being lost. */
function keepsFocus(handle: HTMLDivElement) {
  return () => {
    if (document.activeElement !== handle) return;
    const crosshair = handle.parentElement?.querySelector('[role="slider"]:not([aria-orientation])');
    if (crosshair instanceof HTMLElement) crosshair.focus();
  };
}

/** What takes pointers and keys over the dots of predictions: a vertical slider each, 44 px wide and high. */
export function GuessHandles({ guesses, placed, errorAt }: GuessHandlesProps) {
  const { onGuess } = guesses;
  /** From the middle of the dot to where it was taken, in pixels. */
  const grip = useRef<number | null>(null);
  if (onGuess === undefined) return null;
  const [low, high] = guesses.range;

  const takeHold = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    grip.current = (event.clientY - (top + height / 2)) / zoomOf(event.currentTarget);
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    event.preventDefault();
  };
  const move = (event: PointerEvent<HTMLElement>, id: string) => {
    const plot = event.currentTarget.offsetParent;
    if (grip.current === null || plot === null) return;
    const at = (event.clientY - plot.getBoundingClientRect().top) / zoomOf(plot) - grip.current;
    onGuess(movedGuess(guesses, id, errorAt(at)));
  };
  const letGo = () => {
    grip.current = null;
  };
  const press = (event: KeyboardEvent, { guess }: PlacedGuess) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const error = errorAfterKey(event.key, heightOf(guess, guesses), guesses.range);
    if (error === null) return;
    event.preventDefault();
    event.stopPropagation();
    onGuess(movedGuess(guesses, guess.id, error));
  };

  return placed.map((each) => (
    <div
      key={each.guess.id}
      ref={keepsFocus}
      className={styles.handle}
      data-fleeting
      style={{ left: each.x, top: each.y }}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={say('charts.guessOf', { net: each.guess.name })}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={heightOf(each.guess, guesses)}
      aria-valuetext={spokenGuess(each, guesses)}
      onKeyDown={(event) => press(event, each)}
      onPointerDown={takeHold}
      onPointerMove={(event) => move(event, each.guess.id)}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    />
  ));
}
