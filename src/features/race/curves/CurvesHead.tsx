import { type ReactNode, useState } from 'react';
import { WINDOWS } from '../../../charts/series/running-mean.ts';
import { bandText, seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { StepScaleKind } from '../../../charts/training/step-scale.ts';
import type { LinesShown } from '../../../charts/training/use-axes.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { CHARTS_ID } from '../../../ui/section-ids.ts';
import { usePhone } from '../../../ui/use-screen.ts';
import { useGhost, useRepeats, useRepeatsState } from '../../use-stores.ts';
import figureStyles from './curves.module.css';
import { FigureMenu } from './FigureMenu.tsx';
import styles from './head.module.css';
import type { PastRace } from './past-races.ts';

/** How the curves are drawn. */
export interface CurvesLook extends LinesShown {
  /** Steps in the running mean. */
  readonly window: number;
  readonly kind: StepScaleKind;
  readonly table: boolean;
}

const FIRST: CurvesLook = { window: 30, eachStep: false, newPictures: false, kind: 'linear', table: false };

/** The look of the curves, and what changes a part of it. */
export function useCurvesLook(): readonly [CurvesLook, (change: Partial<CurvesLook>) => void] {
  const [look, setLook] = useState(FIRST);
  return [look, (change) => setLook((before) => ({ ...before, ...change }))];
}

interface CurvesHeadProps {
  readonly look: CurvesLook;
  readonly onLook: (change: Partial<CurvesLook>) => void;
  readonly series: readonly Series[];
  readonly past: readonly Series[];
  /** The choice between this race and means over seeds, and how the figure is saved. */
  readonly seeds: ReactNode;
  readonly save: ReactNode;
  /** Which runs are drawn behind the race. */
  readonly legend: ReactNode;
}

const KINDS = ['linear', 'log'] as const;

/** The head of the curves: what is drawn can be toggled; how it is drawn is in the menu. */
export function CurvesHead(props: CurvesHeadProps) {
  const { look, onLook, series, past, seeds, save, legend } = props;
  const { window, eachStep, newPictures, kind, table } = look;
  const phone = usePhone();
  const bands = bandText([...series, ...past]);
  // On a phone they are in the menu, so that the curves begin on the first screen.
  const lines = !table && (
    <>
      {seedCount(series) === 0 && window > 1 && (
        <Toggled on={eachStep} onChange={(on) => onLook({ eachStep: on })} text={say('charts.eachStep')}>
          <path d="m1 6 3-4 3 4 3-5 3 5 3-4 3 3" />
        </Toggled>
      )}
      <Toggled on={newPictures} onChange={(on) => onLook({ newPictures: on })} text={say('charts.newPictures')}>
        <path d="M1 4h18" strokeWidth="1.5" strokeDasharray="5 3" />
      </Toggled>
    </>
  );
  return (
    <div>
      <div className={styles.line}>
        <h2>{say('race.curves')}</h2>
        <span className={styles.note}>
          {window === 1 ? say('race.curvesEach') : say('race.curvesMean', { window })}
        </span>
        {bands !== null && (
          <span className={styles.note}>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <rect x={1} width={20} height={8} rx={1} />
            </svg>
            <span>{bands}</span>
          </span>
        )}
        <div className={styles.tools}>
          {!phone && lines}
          {seeds}
          <FigureMenu label={say('race.figureMenu')}>
            {phone && !table && <div className={styles.row}>{lines}</div>}
            <label className={styles.row}>
              <span>{say('charts.smoothing')}</span>
              <select
                className="fig-select"
                aria-label={say('charts.smoothing')}
                value={window}
                onChange={(event) => onLook({ window: Number(event.target.value) })}
              >
                {WINDOWS.map((one) => (
                  <option key={one} value={one}>
                    {say('charts.stepMean', { window: one })}
                  </option>
                ))}
              </select>
            </label>
            {!table && (
              <div className={styles.row}>
                <span aria-hidden="true">{say('charts.stepScale')}</span>
                <SegmentedControl
                  label={say('charts.stepScale')}
                  value={kind}
                  options={KINDS.map((one) => ({ value: one, text: say(`charts.scale.${one}`) }))}
                  onChange={(one) => onLook({ kind: one })}
                />
              </div>
            )}
            <button type="button" className="btn mini" onClick={() => onLook({ table: !table })}>
              {say(table ? 'charts.showChart' : 'charts.showTable')}
            </button>
            {save && (
              <div className={styles.row}>
                <span aria-hidden="true">{say('race.save')}</span>
                {save}
              </div>
            )}
          </FigureMenu>
        </div>
      </div>
      {legend}
    </div>
  );
}

interface ToggledProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly text: string;
  /** The kind of line, 20 by 8. */
  readonly children: ReactNode;
}

function Toggled({ on, onChange, text, children }: ToggledProps) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={on} onClick={() => onChange(!on)}>
      <svg viewBox="0 0 20 8" aria-hidden="true">
        {children}
      </svg>
      <span>{text}</span>
    </button>
  );
}

/** Which letter stands for which run behind the live race. */
export function PastKey({ races }: { readonly races: readonly PastRace[] }) {
  const ghost = useGhost();
  useFocusAtChange(
    () => document.getElementById(CHARTS_ID),
    races.some(({ marks }) => marks !== undefined),
  );
  if (races.length === 0) return null;
  return (
    <ul className={figureStyles.past} aria-label={say('runs.behind')}>
      {races.map(({ tag, name, marks }) => (
        <li key={tag}>
          <b>{`${tag} `}</b>
          {marks === undefined ? <Name>{name}</Name> : <span>{name}</span>}
          {marks !== undefined && (
            <button type="button" className={figureStyles.hide} onClick={() => ghost.hide()}>
              {say('paper.ghostHide')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The switch between figures of this race alone and of means over `seeds` seeds. */
export function SeedsChoice({ seeds }: { readonly seeds: number }) {
  const repeats = useRepeats();
  const showing = useRepeatsState((state) => state.showing);
  return (
    <SegmentedControl
      label={say('runs.seedsInFigures')}
      value={showing ? 'means' : 'race'}
      options={[
        { value: 'race', text: say('runs.thisRace') },
        { value: 'means', text: say('runs.seeds', { seeds }) },
      ]}
      onChange={(value) => repeats.show(value === 'means')}
    />
  );
}
