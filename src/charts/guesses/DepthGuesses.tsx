import { pairs } from 'd3';
import { netClass, netStyle } from '../colours.ts';
import { type CurveGuess, type CurveGuesses, heightOf } from './guess.ts';
import styles from './guesses.module.css';

/** A prediction over the depth of its net, in pixels. */
export interface DepthGuess {
  readonly guess: CurveGuess;
  readonly x: number;
  readonly y: number;
}

/** The predictions, shallow to deep; those that are still to be made, side by side, as long as they can be. */
export function depthGuesses(
  guesses: CurveGuesses,
  x: (depth: number) => number,
  y: (error: number) => number,
): readonly DepthGuess[] {
  return guesses.nets
    .filter(({ error }) => error !== null || guesses.onGuess !== undefined)
    .map((guess) => ({ guess, x: x(guess.depth), y: y(heightOf(guess, guesses)) }))
    .sort((a, b) => a.guess.depth - b.guess.depth);
}

/** Ghosts of the points: dotted squares for plain nets, dotted circles for residual ones, dotted lines between those that were made. */
export function DepthGuesses({ points }: { readonly points: readonly DepthGuess[] }) {
  const lines = (['plain', 'residual'] as const).flatMap((family) =>
    pairs(points.filter(({ guess }) => guess.family === family && guess.error !== null)),
  );
  return (
    <g>
      {lines.map(([from, to]) => (
        <path
          key={`${from.guess.id} ${to.guess.id}`}
          className={`${styles.curve} ${netClass(to.guess.family)}`}
          style={netStyle(to.guess.lightness)}
          d={`M${from.x} ${from.y}L${to.x} ${to.y}`}
        />
      ))}
      {points.map(({ guess, x, y }) => (
        <g key={guess.id} className={netClass(guess.family)} style={netStyle(guess.lightness)}>
          {guess.family === 'plain' ? (
            <rect className={styles.ghost} x={x - 5} y={y - 5} width={10} height={10} rx={1.5} />
          ) : (
            <circle className={styles.ghost} r={5.5} cx={x} cy={y} />
          )}
        </g>
      ))}
    </g>
  );
}
