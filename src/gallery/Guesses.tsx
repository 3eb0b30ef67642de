import { type ReactNode, useState } from 'react';
import { ErrorByDepth } from '../charts/depth/ErrorByDepth.tsx';
import { yDomain } from '../charts/error-scale.ts';
import { type CurveGuesses, guessRange } from '../charts/guesses/guess.ts';
import type { Series } from '../charts/series/series.ts';
import { TrainingError } from '../charts/training/TrainingError.tsx';
import { say } from '../language/say.ts';
import { lane } from './made-up.ts';

const BASELINE = { error: 73.1, text: 'always “Twemoji”', shortText: '“Twemoji”' };
const RANGE = guessRange(BASELINE.error);
const WINDOW = 30;
const HEIGHT = 300;
const UNTIL = 150;

const racing = (steps: number): readonly Series[] => [
  lane('plain', 8, { from: 84, to: 38, steps }),
  lane('plain', 32, { from: 82, to: 66, steps }),
];

interface GuessedProps {
  readonly series: readonly Series[];
  readonly until?: number;
  /** What is predicted of the first nets, in their order; left out where nothing is. */
  readonly errors?: readonly number[];
  readonly settled?: boolean;
  readonly from?: CurveGuesses['from'];
}

/** Predictions of the first two nets, which can be moved. */
function useGuesses({ series, until = UNTIL, errors: first, settled = false, from }: GuessedProps): CurveGuesses {
  const nets = series.slice(0, 2);
  const [errors, setErrors] = useState<ReadonlyMap<string, number>>(
    new Map(nets.flatMap(({ id }, index) => (first?.[index] === undefined ? [] : [[id, first[index]]]))),
  );
  return {
    step: until,
    range: RANGE,
    at: 60,
    nets: nets.map((one) => ({ ...one, error: errors.get(one.id) ?? null })),
    from,
    onGuess: settled ? undefined : setErrors,
  };
}

function Curves(props: GuessedProps) {
  const { series, until = UNTIL } = props;
  const [hoverStep, setHoverStep] = useState<number | null>(null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  return (
    <TrainingError
      series={series}
      guesses={useGuesses(props)}
      marks={[]}
      baseline={BASELINE}
      until={until}
      head={<h2>{say('charts.trainingErrorByStep')}</h2>}
      kind="linear"
      table={false}
      window={WINDOW}
      yDomain={yDomain(series, BASELINE.error, WINDOW, RANGE)}
      hoverStep={hoverStep}
      onHoverStep={setHoverStep}
      hoveredId={hoveredId}
      onHover={setHoveredId}
      shows={{ eachStep: false, newPictures: false }}
      height={HEIGHT}
      hint={null}
    />
  );
}

function Depths(props: GuessedProps) {
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  return (
    <ErrorByDepth
      series={props.series}
      guesses={useGuesses(props)}
      baseline={BASELINE}
      twins={{ plain: 'plain-32', residual: 'ResNet-32' }}
      window={WINDOW}
      yDomain={yDomain(props.series, BASELINE.error, WINDOW, RANGE)}
      hoverStep={null}
      hoveredId={hoveredId}
      onHover={setHoveredId}
      height={HEIGHT}
    />
  );
}

const ENDED = [...racing(UNTIL), lane('residual', 32, { from: 80, to: 43, steps: UNTIL })];
const ON_FROM = {
  step: UNTIL,
  errors: new Map([
    ['plain-8', 41],
    ['ResNet-32', 45],
  ]),
};

/** Predictions on the charts by the name of their picture: before, when made, while training, and beside the outcome. */
export const GUESS_PICTURES: Readonly<Record<string, () => ReactNode>> = {
  'guesses-unmade': () => <Curves series={racing(0)} />,
  guesses: () => <Curves series={racing(0)} errors={[60, 45]} />,
  'guesses-same': () => <Curves series={racing(0)} errors={[52, 52]} />,
  'guesses-training': () => <Curves series={racing(75)} errors={[60, 45]} settled />,
  'guesses-outcome': () => <Curves series={ENDED} errors={[60, 45]} settled />,
  'guesses-later': () => (
    <Curves
      series={[ENDED[0], ENDED[2]].filter((one) => one !== undefined)}
      until={300}
      from={ON_FROM}
      errors={[38, 32]}
    />
  ),
  'depths-guesses': () => <Depths series={racing(0)} errors={[60, 45]} />,
  'depths-outcome': () => <Depths series={ENDED} errors={[60, 45]} settled />,
};
