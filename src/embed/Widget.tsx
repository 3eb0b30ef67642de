import { ArrowUpRight, Pause, Play, RotateCcw } from 'lucide-react';
import { type RefCallback, useCallback, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { yDomain } from '../charts/error-scale.ts';
import { useWidth } from '../charts/plot-area.ts';
import type { Series } from '../charts/series/series.ts';
import { TrainingError } from '../charts/training/TrainingError.tsx';
import { ColouredText } from '../features/figures/ColouredText.tsx';
import { isOver } from '../features/lab/curve.ts';
import type { Lab } from '../features/lab/lab.ts';
import { namedData } from '../features/lab/named-data.ts';
import { netsNow } from '../features/lab/use-lanes-now.ts';
import { baselineOf, UNKNOWN_BASELINE } from '../features/race/curves/baseline.ts';
import { marksOf } from '../features/race/curves/marks.ts';
import { liveSeries } from '../features/race/curves/series.ts';
import { NUMBER_WINDOW } from '../features/race/lanes/TrainingErrorNow.tsx';
import { raceStory } from '../features/race/story/race-story.ts';
import { rulerFor } from '../features/race/strip/ruler.ts';
import { shapeOf } from '../features/race/strip/shape.ts';
import { textOf } from '../language/joining.ts';
import { parts as partsOf, say } from '../language/say.ts';
import { sayAlone } from '../language/sentence.ts';
import { Button } from '../ui/controls/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { useTouchSize } from '../ui/use-screen.ts';
import { EmbedLane } from './EmbedLane.tsx';
import type { Part } from './options.ts';
import type { Trainer } from './trainer.ts';
import styles from './widget.module.css';

/** In CSS pixels: the plot is never lower; as high it is asked for; above it is room for marks, which may be empty. */
const PLOT = { least: 120, asked: 210, marks: 24 } as const;

interface WidgetProps {
  readonly lab: Lab;
  readonly title: () => string;
  readonly parts: readonly Part[];
  /** The address of the whole page with this race. */
  readonly page: () => string;
  /** Opens the race where that is not done yet: until then neither the engine nor the images are loaded. */
  readonly open: () => PromiseLike<void>;
  readonly trainer: Trainer;
  /** Called with the height that the widget asks for, in CSS pixels, whenever that changes. */
  readonly onHeight: (height: number) => void;
}

/** One race in a frame: its question, its nets, what happened, and their curves. */
export function Widget({ lab, title, parts, page, open, trainer, onHeight }: WidgetProps) {
  const attach = useContentHeight(onHeight);
  return (
    <main ref={attach} className={styles.widget}>
      <header className={styles.head}>
        <h1>{title()}</h1>
        <StepNow lab={lab} />
        <TrainButton lab={lab} trainer={trainer} />
      </header>
      <Failure lab={lab} />
      {parts.includes('nets') && <Nets lab={lab} open={open} />}
      {(parts.includes('sentence') || parts.includes('curves')) && (
        <Happened lab={lab} sentence={parts.includes('sentence')} curves={parts.includes('curves')} />
      )}
      <footer className={styles.foot}>
        <span>{say('embed.after')}</span>
        <a href={page()} target="_blank" rel="noopener">
          <span>{say('embed.whole')}</span>
          <ArrowUpRight size={14} aria-hidden />
        </a>
      </footer>
    </main>
  );
}

function StepNow({ lab }: Pick<WidgetProps, 'lab'>) {
  const step = useStore(lab.store, (state) => state.step);
  const until = useStore(lab.store, (state) => state.experiment.until);
  const loading = useStore(lab.store, (state) => state.opening !== null && !state.open);
  return (
    <p role="status" aria-live="off" className={styles.step}>
      {loading ? <span>{say('embed.loading')}</span> : <Said parts={partsOf('page.stepOf', { step, until })} />}
    </p>
  );
}

/** Train, Pause or, at the end, Train again from step 0. */
function TrainButton({ lab, trainer }: Pick<WidgetProps, 'lab' | 'trainer'>) {
  const training = useStore(lab.store, (state) => state.training);
  const opening = useStore(lab.store, (state) => state.opening !== null);
  const ended = useStore(lab.store, ({ curves, experiment }) => isOver(curves, experiment.until));
  if (training)
    return (
      <Button className="btn primary" onClick={() => trainer.pause()}>
        <Pause size={16} fill="currentColor" aria-hidden />
        <span>{say('page.pause')}</span>
      </Button>
    );
  return (
    <Button className={ended ? 'btn' : 'btn primary'} disabled={opening} onClick={() => trainer.trainAgain()}>
      {ended ? <RotateCcw size={15} aria-hidden /> : <Play size={16} fill="currentColor" aria-hidden />}
      <span>{ended ? say('embed.again') : say('page.train')}</span>
    </Button>
  );
}

function Failure({ lab }: Pick<WidgetProps, 'lab'>) {
  const notice = useStore(lab.store, (state) => state.notice);
  return (
    <div role="alert" aria-live="assertive">
      {notice !== null && <p className={styles.failure}>{sayAlone(notice.sentence ?? notice.message)}</p>}
    </div>
  );
}

function Nets({ lab, open }: Pick<WidgetProps, 'lab' | 'open'>) {
  const lanes = useStore(lab.store, (state) => state.experiment.lanes);
  const nets = useStore(lab.store, useShallow(netsNow));
  const touch = useTouchSize();
  const [attach, width] = useWidth<HTMLDivElement>();
  const ruler = useMemo(
    () => (width === null ? null : rulerFor(nets.map(shapeOf), { width, rows: 'low', touch })),
    [nets, width, touch],
  );
  return (
    <div className={styles.lanes}>
      {/* As wide as a strip may be. */}
      <div className={styles.lane} aria-hidden="true">
        <span />
        <div ref={attach} />
        <span />
      </div>
      {ruler !== null &&
        lanes.map((lane) => <EmbedLane key={lane.name} lab={lab} lane={lane} ruler={ruler} open={open} />)}
    </div>
  );
}

interface HappenedProps extends Pick<WidgetProps, 'lab'> {
  readonly sentence: boolean;
  readonly curves: boolean;
}

function Happened({ lab, sentence, curves }: HappenedProps) {
  const experiment = useStore(lab.store, (state) => state.experiment);
  const data = useStore(lab.store, (state) => state.data);
  const all = useStore(lab.store, (state) => state.curves);
  const step = useStore(lab.store, (state) => state.step);
  const series = useMemo(() => liveSeries(experiment, all), [experiment, all]);
  const { parts, caveat } = raceStory({ experiment, data }, series);
  return (
    <>
      {sentence && (
        <section aria-label={say('race.whatHappened')}>
          <h2 className="vh">{say('race.whatHappened')}</h2>
          <p className={styles.sentence}>
            <ColouredText parts={parts} nets={series} />
          </p>
          <p className={styles.caveat}>{textOf(caveat)}</p>
        </section>
      )}
      {curves && <Curves lab={lab} series={series} step={step} />}
    </>
  );
}

interface CurvesProps extends Pick<WidgetProps, 'lab'> {
  readonly series: readonly Series[];
  readonly step: number;
}

/** The curves of the race, as high as the frame leaves room for. */
function Curves({ lab, series, step }: CurvesProps) {
  const experiment = useStore(lab.store, (state) => state.experiment);
  const race = useStore(lab.store, (state) => state.race);
  const majority = useStore(lab.store, (state) => namedData(state)?.majority ?? null);
  const [hoverStep, setHoverStep] = useState<number | null>(null);
  const [hoveredId, setHovered] = useState<string | null>(null);
  const [attach, height] = useHeight();
  const baseline = useMemo(() => baselineOf(majority), [majority]);
  const marks = useMemo(() => marksOf(experiment, step, null), [experiment, step]);
  const unmarked = marks.length === 0;
  return (
    <div ref={attach} className={styles.curves} data-fills data-unmarked={unmarked || undefined}>
      {height !== null && (
        <TrainingError
          race={race}
          head={<h2 className={styles.title}>{say('race.curves')}</h2>}
          kind="linear"
          table={false}
          series={series}
          marks={marks}
          baseline={baseline}
          until={experiment.until}
          window={NUMBER_WINDOW}
          yDomain={yDomain(series, baseline?.error ?? UNKNOWN_BASELINE, NUMBER_WINDOW)}
          hoverStep={hoverStep}
          onHoverStep={setHoverStep}
          hoveredId={hoveredId}
          onHover={setHovered}
          shows={{ eachStep: false, newPictures: false }}
          height={Math.max(PLOT.least, height) + (unmarked ? PLOT.marks : 0)}
          hint={step === 0 ? say('embed.hint') : null}
        />
      )}
    </div>
  );
}

/** Reports the sum of what the parts of an element are high, the plot as it is asked for. */
function useContentHeight(onHeight: (height: number) => void): RefCallback<HTMLElement> {
  return useCallback(
    (main: HTMLElement | null) => {
      if (main === null) return;
      let last = 0;
      const measure = () => {
        const { paddingTop, paddingBottom } = getComputedStyle(main);
        const heights = [...main.children].map((part) => {
          const { marginTop, height } = getComputedStyle(part);
          return part.hasAttribute('data-fills') ? TITLE + PLOT.asked : pixels(height) + pixels(marginTop);
        });
        const sum = Math.ceil(heights.reduce((a, b) => a + b, pixels(paddingTop) + pixels(paddingBottom)));
        if (sum !== last) onHeight(sum);
        last = sum;
      };
      const observer = new ResizeObserver(measure);
      for (const part of main.children) if (!part.hasAttribute('data-fills')) observer.observe(part);
      return () => observer.disconnect();
    },
    [onHeight],
  );
}

function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}

/** The title of the plot, above it. */
const TITLE = 20;

/** The height that an element leaves for a plot, in CSS pixels; null before the first measure. */
function useHeight(): readonly [RefCallback<HTMLElement>, number | null] {
  const [height, setHeight] = useState<number | null>(null);
  const last = useRef<number | null>(null);
  const attach = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const next = Math.floor(element.getBoundingClientRect().height) - TITLE;
      if (next !== last.current) setHeight(next);
      last.current = next;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [attach, height];
}
