import { ChevronDown, RefreshCw } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { NetChips } from '../../../ui/controls/NetChips.tsx';
import { INSIDE_ID } from '../../../ui/section-ids.ts';
import { usePhone } from '../../../ui/use-screen.ts';
import { useNetRepeats } from '../../lab/use-net-costs.ts';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useInsight, useInsightState, useLabState } from '../../use-stores.ts';
import { lanesToCompare } from '../compared.ts';
import { FIGURE_NAMES, FIRST_FIGURES, type FigureName } from '../probes/probes.ts';
import { FigureCard } from './FigureCard.tsx';
import { InsightFigure } from './InsightFigure.tsx';
import styles from './look-inside.module.css';

const HEIGHT = { desktop: 224, phone: 208 } as const;
const MORE_FIGURES = FIGURE_NAMES.filter((name) => !FIRST_FIGURES.includes(name));

/** The section *Look inside*: a card for each question, which becomes its figure when it is measured. */
export function LookInside() {
  const open = useInsightState((state) => state.open);
  const [unfolded, setUnfolded] = useState(false);
  const inUse = MORE_FIGURES.some((name) => open.includes(name));
  const more = unfolded || inUse;
  const button = useRef<HTMLButtonElement>(null);
  // In the place of the last of more figures, whose card is folded away.
  useFocusAtChange(() => button.current, inUse);
  return (
    <section className="part" id={INSIDE_ID} aria-label={say('insight.title')}>
      <div className={styles.head}>
        <h2>{say('insight.title')}</h2>
        <p>{say('insight.lead')}</p>
      </div>
      {open.length > 0 && <FigureOptions />}
      <Figures names={FIRST_FIGURES} />
      {!inUse && (
        <button
          ref={button}
          type="button"
          className={`btn ${styles.more}`}
          aria-expanded={more}
          onClick={() => setUnfolded(!more)}
        >
          <span>{more ? say('insight.fewer') : say('insight.more', { count: MORE_FIGURES.length })}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      )}
      {more && <Figures names={MORE_FIGURES} />}
    </section>
  );
}

function Figures({ names }: { readonly names: readonly FigureName[] }) {
  return (
    <div className={styles.figures}>
      {names.map((name) => (
        <Place key={name} name={name} />
      ))}
    </div>
  );
}

/** The card of a question or, once it is measured, its figure. Each is opened by a button that goes with the other. */
function Place({ name }: { readonly name: FigureName }) {
  const open = useInsightState((state) => state.open.includes(name));
  const height = usePhone() ? HEIGHT.phone : HEIGHT.desktop;
  const place = useRef<HTMLDivElement>(null);
  useFocusAtChange(() => place.current?.querySelector('button'), open);
  return (
    <div ref={place} className={styles.place}>
      {open ? <InsightFigure name={name} height={height} compact={false} /> : <FigureCard name={name} />}
    </div>
  );
}

/** What holds for all open figures: the nets that they compare, and when they are measured again. */
function FigureOptions() {
  const insight = useInsight();
  const all = useToldLanes();
  const isOpen = useLabState((state) => state.open);
  const chosen = useInsightState((state) => state.lanes);
  const live = useInsightState((state) => state.live);
  const repeats = useNetRepeats();
  const nets = useMemo(() => all.map(({ name, net }) => ({ name, net, repeat: repeats.get(name) })), [all, repeats]);
  const compared = useMemo(() => lanesToCompare(all, chosen).map(({ name }) => name), [all, chosen]);
  return (
    <div className={styles.options}>
      <NetChips
        label={say('insight.lanes')}
        nets={nets}
        chosen={compared}
        onChoose={(names) => insight.chooseLanes(names)}
      />
      <div className="fig-tools" title={say('insight.liveHint')}>
        <SegmentedControl
          label={say('insight.refresh')}
          value={live ? 'live' : 'once'}
          options={[
            { value: 'live', text: say('insight.live') },
            { value: 'once', text: say('insight.once') },
          ]}
          onChange={(policy) => insight.setLive(policy === 'live')}
        />
        <button type="button" className="btn mini" disabled={!isOpen} onClick={insight.measure}>
          <RefreshCw size={12} aria-hidden />
          <span>{say('insight.measureAll')}</span>
        </button>
      </div>
    </div>
  );
}
