import { say } from '../../language/say.ts';
import { netClass, netStyle } from '../colours.ts';
import { textWidth } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import { NARROW, type PlotArea } from '../plot-area.ts';
import type { StepScale } from '../training/step-scale.ts';
import { type CurveGuesses, guessPath, heightOf, type PlacedGuess } from './guess.ts';
import styles from './guesses.module.css';

interface GuessCurvesProps {
  readonly guesses: CurveGuesses;
  readonly steps: StepScale;
  readonly y: (error: number) => number;
}

/** The predicted curves, dotted in the colours of their nets. */
export function GuessCurves({ guesses, steps, y }: GuessCurvesProps) {
  return guesses.nets.map((guess) => (
    <path
      key={guess.id}
      className={`${styles.curve} ${netClass(guess.family)}`}
      style={netStyle(guess.lightness)}
      d={guessPath(guesses, guess, steps, y)}
    />
  ));
}

const SIZE = { name: 12, words: 11 } as const;
const GAP = 5;
const AFTER = { dot: 24, ghost: 14 } as const;

/** The words of a prediction beside its dot: the name and number of one that can be moved, the number of a settled one. */
interface GuessLabel {
  readonly placed: PlacedGuess;
  readonly name: string;
  readonly value: string;
  readonly words: string;
  readonly x: number;
  /** Left of the dot: nets that are not predicted yet stand side by side. */
  readonly isLeft: boolean;
  /** For `dodge`: where it would stand, from its left to its right. */
  readonly y0: number;
  readonly from: number;
  readonly to: number;
}

/** The labels of predictions, as they would stand if nothing else were there. */
export function guessLabels(
  { onGuess }: CurveGuesses,
  placed: readonly PlacedGuess[],
  plotArea: PlotArea,
): readonly GuessLabel[] {
  const isNarrow = plotArea.width < NARROW;
  const rightmost = Math.max(...placed.map(({ x }) => x));
  return placed.flatMap((each, index) => {
    const { guess, x: dot, y } = each;
    const isMade = guess.error !== null;
    // Of nets in a row, the first and the last have room for a name.
    if (!isMade && index > 0 && index < placed.length - 1) return [];
    const isLeft = !isMade && index === 0 && placed.length > 1;
    const isMovable = onGuess !== undefined;
    const name = !isMovable ? '' : isMade ? guess.name : say('charts.guessWhere', { net: guess.name });
    const value = isMovable && isMade ? String(guess.error) : '';
    const words =
      !isMade || (isMovable && isNarrow) ? '' : isMovable ? say('charts.yourGuess') : settledWords(guess.error);
    const width =
      textWidth(name, SIZE.name, true) +
      (value === '' ? 0 : GAP + textWidth(value, SIZE.name)) +
      (words === '' ? 0 : GAP + textWidth(words, SIZE.words));
    const beside = isMade && isMovable ? rightmost : dot;
    const x = isLeft ? dot - AFTER.dot + 2 : beside + (isMovable ? AFTER.dot : AFTER.ghost);
    const [from, to] = isLeft ? [x - width, x] : [x, x + width];
    return [{ placed: each, name, value, words, x, isLeft, y0: y, from, to }];
  });
}

function settledWords(error: number | null): string {
  return error === null ? '' : say('charts.yourGuessOf', { error });
}

/** The room right of the plot that labels of predictions need. */
export function guessMargin({ nets, onGuess }: CurveGuesses, width: number): number {
  const settled = textWidth(settledWords(nets[0]?.error ?? 50), SIZE.words);
  if (onGuess === undefined) return AFTER.ghost + settled + 4;
  const names = Math.max(...nets.map(({ name }) => textWidth(name, SIZE.name, true)));
  const words = width < NARROW ? 0 : GAP + textWidth(say('charts.yourGuess'), SIZE.words);
  return AFTER.dot + names + GAP + textWidth('00', SIZE.name) + words + 4;
}

interface GuessDotsProps {
  readonly guesses: CurveGuesses;
  readonly placed: readonly PlacedGuess[];
  readonly labels: readonly (GuessLabel & { readonly y: number })[];
  readonly y: (error: number) => number;
}

/** The ends of the predicted curves: dots on tracks while they can be moved, then dotted rings. */
export function GuessDots({ guesses, placed, labels, y }: GuessDotsProps) {
  const isMovable = guesses.onGuess !== undefined;
  const tracks = isMovable ? [...new Set(placed.map(({ x }) => x))] : [];
  const [low, high] = guesses.range;
  const isMade = guesses.nets.some(({ error }) => error !== null);
  return (
    <g>
      {tracks.map((x) => (
        <line key={x} className={styles.track} x1={x} x2={x} y1={y(high + 3)} y2={y(low)} />
      ))}
      {placed.map(({ guess, x, y: at }) => (
        <g key={guess.id} className={netClass(guess.family)} style={netStyle(guess.lightness)}>
          {isMovable ? (
            <g className={isMade ? undefined : styles.unmade}>
              <circle className={styles.halo} r={16} cx={x} cy={at} />
              <circle className={styles.dot} r={10} cx={x} cy={at} />
              <path className={styles.sign} d={`M${x - 3} ${at - 2}l3 -3l3 3m-6 4l3 3l3 -3`} />
            </g>
          ) : (
            <circle className={styles.ghost} r={6.5} cx={x} cy={at} />
          )}
        </g>
      ))}
      {labels.map(({ placed: { guess }, name, value, words, x, y: baseline, isLeft }) => (
        <g key={guess.id} className={netClass(guess.family)} style={netStyle(guess.lightness)}>
          <text className={plotStyles.name} x={x} y={baseline + 4} textAnchor={isLeft ? 'end' : 'start'}>
            {name !== '' && <tspan>{name}</tspan>}
            {value !== '' && <tspan dx={GAP}>{value}</tspan>}
            {words !== '' && (
              <tspan className={styles.words} dx={name === '' ? 0 : GAP}>
                {words}
              </tspan>
            )}
          </text>
        </g>
      ))}
    </g>
  );
}

/** A prediction as assistive technology says it. */
export function spokenGuess({ guess }: PlacedGuess, guesses: CurveGuesses): string {
  if (guess.error === null) return say('charts.guessUnmade', { error: heightOf(guess, guesses) });
  return say('charts.guessSaid', { net: guess.name, error: guess.error });
}
