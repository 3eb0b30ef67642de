import { useCallback, useMemo, useState } from 'react';
import { lesionPanel } from '../../../../charts/panels/lesion-panels.ts';
import { BarPanels } from '../../../../charts/panels/Panels.tsx';
import { barsTable } from '../../../../charts/panels/table-data.ts';
import { useLabState } from '../../../use-stores.ts';
import { type Inquiry, isLesion } from '../../inquiry.ts';
import { lesionReading } from '../../readings.ts';
import { INSIDE, LESION_FIGURES, PANEL_WORDS } from '../../strings.ts';
import { useStudy } from '../../use-insight.ts';
import { afterSteps } from '../after.ts';
import { netOf } from '../choose.ts';
import { type LesionChoice, LesionTools } from '../controls/LesionTools.tsx';
import { RunButton } from '../controls/RunButton.tsx';
import { meanDamage, sweepErrors } from '../damage.ts';
import { InsideFigure } from '../InsideFigure.tsx';
import { useBaseline } from '../use-baseline.ts';
import type { FigureProps } from './figure-props.ts';

const { title } = LESION_FIGURES.lesions;

/** What each block is worth: the error without it. */
export function LesionsFigure({ lanes, height }: FigureProps) {
  const [choice, setChoice] = useState<LesionChoice>({ kind: 'branch', statistics: 'batch' });
  const { kind, statistics } = choice;
  const names = useMemo(() => lanes.map(({ name }) => name), [lanes]);
  const inquire = useCallback(
    (lane: string): Inquiry => {
      return { type: 'lesion', lane, request: { study: 'sweep', kind, statistics: [statistics] } };
    },
    [kind, statistics],
  );
  const study = useStudy(names, inquire);
  const baseline = useBaseline();
  const majority = useLabState((state) => state.data?.majority ?? null);
  const sweeps = lanes.flatMap((lane, index) => {
    const now = study.answers[index]?.now ?? null;
    return isLesion(now, 'sweep') ? [{ net: netOf(lane), step: now.step, now: sweepErrors(now, statistics) }] : [];
  });
  const blocks = Math.max(0, ...lanes.map(({ net }) => net.gains.length));
  const panel = lesionPanel(sweeps, blocks, baseline, PANEL_WORDS);
  const damaged = sweeps.filter(({ now }) => now.errors.length > 0);
  const none = study.running ? [] : sweeps.filter(({ now }) => now.errors.length === 0);
  const run = (
    <RunButton
      running={study.running}
      measured={sweeps.length > 0}
      done={sweeps.reduce((sum, { now }) => sum + now.errors.length, 0)}
      of={lanes.reduce((sum, { net }) => sum + net.gains.length, 0)}
      onRun={study.run}
      onCancel={study.cancel}
    />
  );
  const damages = damaged.map(({ net, now }) => ({ lane: net.name, value: meanDamage(now) }));
  const steps = sweeps.map(({ step }) => step);
  return (
    <InsideFigure
      name="lesions"
      note={afterSteps(steps)}
      settings={INSIDE.lesionSettings(kind, statistics)}
      tools={
        <>
          <LesionTools choice={choice} onChoice={setChoice} />
          {run}
        </>
      }
      answers={study.answers}
      tables={[barsTable(panel, title)]}
      reading={[
        ...(damages.length > 0 ? lesionReading(Math.max(...steps), damages, majority) : []),
        ...none.map(({ net }) => ({ text: ` ${INSIDE.noPlace(net.name)}` })),
      ]}
      nets={sweeps.map(({ net }) => net)}
      height={height}
      empty={<p>{INSIDE.lesionsAbout}</p>}
    >
      {(width) => <BarPanels panels={[panel]} width={width} height={height} label={INSIDE.crosshair(title)} named />}
    </InsideFigure>
  );
}
