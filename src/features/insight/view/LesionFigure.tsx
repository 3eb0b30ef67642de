import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { lesionPanel, randomLesionPanel } from '../../../charts/panels/lesion-panels.ts';
import { BarPanels, LinesPanels } from '../../../charts/panels/Panels.tsx';
import type { Net, Rule } from '../../../charts/panels/panel.ts';
import { barsTable, linesTable, type TableData } from '../../../charts/panels/table-data.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { percent } from '../../../core/format.ts';
import {
  LESION_KINDS,
  LESION_STATISTICS,
  type LesionKind,
  type LesionRequest,
  type LesionStatistics,
} from '../../../core/results/lesion.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { PANEL_WORDS } from '../../figures/panel-words.ts';
import { namedData } from '../../lab/named-data.ts';
import { useLabState } from '../../use-stores.ts';
import { type Inquiry, isLesion, type Measurement, NOT_MEASURED } from '../inquiry.ts';
import { lesionText, randomErrors, randomReading, statisticsText, sweepErrors, sweepReading } from '../lesions.ts';
import { figureText } from '../probes/probes.ts';
import { baselineRemark, type FigureClaim, stepsNote, stepsOf } from '../readings.ts';
import { type Study, useDrawnNet, useFigureView, useStudy } from '../use-insight.ts';
import { FigureFrame, type FigureProps } from './FigureFrame.tsx';
import { RunButton } from './RunButton.tsx';

/** Several lesions at once: up to this number, this many times each. */
const MOST = 8;
const TRIALS = 4;

interface Choice {
  readonly kind: LesionKind;
  readonly statistics: LesionStatistics;
}

/** What differs between the two figures of lesions. */
interface LesionView {
  readonly steps: readonly { readonly now: { readonly step: number } }[];
  /** Measurements that are done, of all. */
  readonly done: number;
  readonly of: number;
  readonly reading: readonly FigureClaim[];
  readonly table: TableData & { readonly key: string };
  readonly chart: (width: number, height: number, label: string) => ReactNode;
}

interface DrawInput {
  readonly lanes: readonly LaneSpec[];
  readonly surgery: Experiment['surgery'];
  readonly study: Study;
  readonly choice: Choice;
  readonly baseline: Rule | null;
  /** The look that a lane has in all charts. */
  readonly drawn: (lane: LaneSpec) => Net;
}

type Draw = (input: DrawInput) => LesionView;

interface LesionStudy {
  readonly request: (choice: Choice) => LesionRequest;
  readonly draw: Draw;
}

/** Measurements of a study in one net; until it says how many, what a net of `most` places for a lesion would have. */
function ofStudy(answer: Measurement | undefined, most: number): number {
  const now = answer?.now ?? null;
  return isLesion(now, 'sweep') || isLesion(now, 'random') ? now.of : most;
}

/** Each block alone: a bar for each block from the intact net's error. */
const sweep: LesionStudy = {
  request: ({ kind, statistics }) => ({ study: 'sweep', kind, statistics: [statistics] }),
  draw: ({ lanes, surgery, study: { answers }, choice: { kind, statistics }, baseline, drawn }) => {
    const steps = lanes.flatMap((lane, index) => {
      const { now, whole } = answers[index] ?? NOT_MEASURED;
      if (!isLesion(now, 'sweep')) return [];
      return [{ lane, net: drawn(lane), whole, now: { ...sweepErrors(now, statistics), step: now.step } }];
    });
    const known = steps.filter(({ whole }) => whole);
    const blocks = Math.max(0, ...lanes.map(({ net }) => net.gains.length));
    const panel = lesionPanel(steps, blocks, baseline, PANEL_WORDS);
    return {
      steps,
      done: steps.reduce((sum, { now }) => sum + now.errors.length, 0),
      of: lanes.reduce((sum, { net }, index) => sum + ofStudy(answers[index], net.gains.length), 0),
      reading: known.length === 0 ? [] : sweepReading(stepsOf(known), kind, known, { surgery }),
      table: barsTable(panel, figureText('lesions').title),
      chart: (width, height, label) => <BarPanels panels={[panel]} width={width} height={height} label={label} named />,
    };
  },
};

/** Several random blocks at once: a line of the mean error by their number, with a band from best to worst. */
const random: LesionStudy = {
  request: ({ kind, statistics }) => {
    return { study: 'random', kind, statistics: [statistics], most: MOST, trials: TRIALS, seed: 1 };
  },
  draw: ({ lanes, study: { answers }, choice: { statistics }, baseline, drawn }) => {
    const steps = lanes.flatMap((lane, index) => {
      const { now, whole } = answers[index] ?? NOT_MEASURED;
      if (!isLesion(now, 'random')) return [];
      return [{ lane, net: drawn(lane), whole, now: { ...randomErrors(now, statistics), step: now.step } }];
    });
    const panel = randomLesionPanel(steps, baseline, PANEL_WORDS);
    return {
      steps,
      done: steps.reduce((sum, { now }) => sum + now.curve.length, 0),
      of: lanes.reduce((sum, { net }, index) => sum + ofStudy(answers[index], Math.min(MOST, net.gains.length)), 0),
      reading: steps.length === 0 ? [] : randomReading(stepsOf(steps), steps),
      table: linesTable(panel, figureText('random').title),
      chart: (width, height, label) => <LinesPanels panels={[panel]} width={width} height={height} label={label} />,
    };
  },
};

const STUDIES = { lesions: sweep, random };

interface LesionFigureProps extends FigureProps {
  readonly name: keyof typeof STUDIES;
}

/** The error under lesions: of each block in turn, or of several random blocks at once. */
export function LesionFigure({ name, lanes, height, compact }: LesionFigureProps) {
  const { request, draw } = STUDIES[name];
  const [kind, setKind] = useFigureView<LesionKind>(name, compact, LESION_KINDS, 'branch');
  const [statistics, setStatistics] = useState<LesionStatistics>('batch');
  const choice = useMemo((): Choice => ({ kind, statistics }), [kind, statistics]);
  const names = useMemo(() => lanes.map((lane) => lane.name), [lanes]);
  const inquire = useCallback(
    (lane: string): Inquiry => ({ type: 'lesion', lane, request: request(choice) }),
    [request, choice],
  );
  const study = useStudy(names, inquire);
  const drawn = useDrawnNet();
  const surgery = useLabState((state) => state.experiment.surgery);
  const majority = useLabState((state) => namedData(state)?.majority ?? null);
  const baseline = useMemo(() => {
    if (majority === null) return null;
    const text = say('insight.baseline', { answer: majority.answer, error: percent(majority.error) });
    return { at: majority.error, text };
  }, [majority]);
  const { steps, done, of, reading, table, chart } = draw({ lanes, surgery, study, choice, baseline, drawn });
  const label = say('insight.crosshair', { figure: figureText(name).title });
  return (
    <FigureFrame
      name={name}
      compact={compact}
      view={kind}
      note={stepsNote(steps)}
      settings={say('insight.lesionSettings', {
        lesion: lesionText(kind),
        statistics: statisticsText(statistics),
      })}
      tools={
        <>
          <Select
            small
            label={say('insight.lesionKind')}
            value={kind}
            options={LESION_KINDS.map((value) => ({ value, text: lesionText(value) }))}
            onChange={setKind}
          />
          {!compact && (
            <Select
              small
              label={say('insight.statistics')}
              value={statistics}
              options={LESION_STATISTICS.map((value) => ({ value, text: statisticsText(value) }))}
              onChange={setStatistics}
            />
          )}
          <RunButton study={study} measured={steps.length > 0} done={done} of={of} />
        </>
      }
      answers={study.answers}
      tables={[table]}
      reading={reading.length === 0 ? [] : [...reading, ...baselineRemark(majority)]}
      nets={lanes.map(drawn)}
      height={height}
    >
      {(width) => chart(width, height, label)}
    </FigureFrame>
  );
}
