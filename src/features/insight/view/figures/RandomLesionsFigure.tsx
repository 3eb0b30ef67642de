import { useCallback, useMemo, useState } from 'react';
import { randomLesionPanel } from '../../../../charts/panels/lesion-panels.ts';
import { LinesPanels } from '../../../../charts/panels/Panels.tsx';
import { linesTable } from '../../../../charts/panels/table-data.ts';
import { useLabState } from '../../../use-stores.ts';
import { type Inquiry, isLesion } from '../../inquiry.ts';
import { randomReading } from '../../readings.ts';
import { INSIDE, LESION_FIGURES, PANEL_WORDS } from '../../strings.ts';
import { useStudy } from '../../use-insight.ts';
import { afterSteps } from '../after.ts';
import { netOf } from '../choose.ts';
import { type LesionChoice, LesionTools } from '../controls/LesionTools.tsx';
import { RunButton } from '../controls/RunButton.tsx';
import { randomErrors } from '../damage.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useBaseline } from '../use-baseline.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = LESION_FIGURES.random;

const MOST = 8;
const TRIALS = 4;

/** The error by how many blocks are changed at once. */
export function RandomLesionsFigure({ lanes, height }: FigureProps) {
  const [choice, setChoice] = useState<LesionChoice>({ kind: 'branch', statistics: 'batch' });
  const { kind, statistics } = choice;
  const names = useMemo(() => lanes.map(({ name }) => name), [lanes]);
  const inquire = useCallback(
    (lane: string): Inquiry => {
      const request = { study: 'random', kind, statistics: [statistics], most: MOST, trials: TRIALS, seed: 1 } as const;
      return { type: 'lesion', lane, request };
    },
    [kind, statistics],
  );
  const study = useStudy(names, inquire);
  const baseline = useBaseline();
  const majority = useLabState((state) => state.data?.majority ?? null);
  const found = lanes.flatMap((lane, index) => {
    const now = study.answers[index]?.now ?? null;
    return isLesion(now, 'random') ? [{ net: netOf(lane), step: now.step, now: randomErrors(now, statistics) }] : [];
  });
  const panel = randomLesionPanel(found, baseline, PANEL_WORDS);
  const run = (
    <RunButton
      running={study.running}
      measured={found.length > 0}
      done={found.reduce((sum, { now }) => sum + now.curve.length, 0)}
      of={lanes.reduce((sum, { net }) => sum + Math.min(MOST, net.gains.length), 0)}
      onRun={study.run}
      onCancel={study.cancel}
    />
  );
  const most = Math.min(...found.map(({ now }) => now.curve.length));
  const errors = found.map(({ net, now }) => {
    const trials = now.curve[most - 1]?.errors ?? [];
    return { lane: net.name, value: trials.reduce((sum, error) => sum + error / trials.length, 0) };
  });
  const steps = found.map(({ step }) => step);
  return (
    <InsideFigure
      name="random"
      note={afterSteps(steps)}
      settings={INSIDE.lesionSettings(kind, statistics)}
      tools={
        <>
          <LesionTools choice={choice} onChoice={setChoice} />
          {run}
        </>
      }
      answers={study.answers}
      tables={[linesTable(panel, title)]}
      reading={found.length > 0 && most > 0 ? randomReading(Math.max(...steps), most, errors, majority) : []}
      nets={found.map(({ net }) => net)}
      height={height}
      empty={<p>{INSIDE.randomAbout}</p>}
    >
      {(width) => <LinesPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} />}
    </InsideFigure>
  );
}
