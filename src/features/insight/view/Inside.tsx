import './inside.css';
import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx';
import { usePhone } from '../../../ui/use-screen.ts';
import { useInsight, useInsightState, useLabState, useOwnImageState } from '../../use-stores.ts';
import { FIGURE_TEXT, type FigureName, hasBars } from '../probes/probes.ts';
import { INSIDE } from '../strings.ts';
import { blockToOpen, lanesToCompare } from './choose.ts';
import { FigureChoice } from './controls/FigureChoice.tsx';
import type { ImageName } from './controls/ImageChoice.tsx';
import { LaneChoice } from './controls/LaneChoice.tsx';
import { BarsFigure } from './figures/BarsFigure.tsx';
import { FeaturesFigure } from './figures/FeaturesFigure.tsx';
import { LandscapeFigure } from './figures/LandscapeFigure.tsx';
import { LesionsFigure } from './figures/LesionsFigure.tsx';
import { LinesFigure } from './figures/LinesFigure.tsx';
import { RandomLesionsFigure } from './figures/RandomLesionsFigure.tsx';
import { INSIDE_ID } from './inside-id.ts';

const HEIGHT = { desktop: 224, phone: 208 } as const;
const FIRST: readonly FigureName[] = ['features', 'gradients', 'branches', 'lesions'];

const POLICIES = [
  { value: 'live', text: INSIDE.live },
  { value: 'once', text: INSIDE.once },
] as const;

/** Measurements inside the nets, as small multiples that can be compared. */
export function Inside() {
  const insight = useInsight();
  const all = useLabState((state) => state.experiment.lanes);
  const open = useLabState((state) => state.open);
  const chosen = useInsightState((state) => state.lanes);
  const chosenBlock = useInsightState((state) => state.block);
  const live = useInsightState((state) => state.live);
  const [figures, setFigures] = useState(FIRST);
  const [image, setImage] = useState<ImageName>(0);
  const own = useOwnImageState((state) => state.picture);
  const lanes = useMemo(() => lanesToCompare(all, chosen), [all, chosen]);
  const block = useMemo(() => blockToOpen(all, chosenBlock), [all, chosenBlock]);
  const shared = { lanes, height: usePhone() ? HEIGHT.phone : HEIGHT.desktop };
  const draw = (name: FigureName) => {
    switch (name) {
      case 'features':
        return (
          block && (
            <FeaturesFigure
              chosen={block}
              image={image === 'own' ? (own ?? 0) : image}
              onImage={setImage}
              height={shared.height}
            />
          )
        );
      case 'lesions':
        return <LesionsFigure {...shared} />;
      case 'random':
        return <RandomLesionsFigure {...shared} />;
      case 'landscape':
        return <LandscapeFigure {...shared} />;
      default:
        return hasBars(name) ? <BarsFigure name={name} {...shared} /> : <LinesFigure name={name} {...shared} />;
    }
  };
  return (
    <section className="part inside" id={INSIDE_ID} aria-label={INSIDE.title}>
      <div className="fig-head">
        <h2>{INSIDE.title}</h2>
        <LaneChoice lanes={all} compared={lanes} />
        <div className="fig-tools" title={INSIDE.liveHint}>
          <SegmentedControl
            label={INSIDE.refresh}
            value={live ? 'live' : 'once'}
            options={POLICIES}
            onChange={(policy) => insight.setLive(policy === 'live')}
          />
          <button type="button" className="btn mini" disabled={!open} onClick={insight.measure}>
            <RefreshCw size={12} aria-hidden />
            <span>{INSIDE.measure}</span>
          </button>
        </div>
      </div>
      <FigureChoice open={figures} onOpen={setFigures} />
      {all.length === 0 ? (
        <p className="inside-empty">{open ? INSIDE.empty : INSIDE.waiting}</p>
      ) : (
        <div className="inside-figures">
          {figures.map((name) => (
            <ErrorBoundary key={name} part={FIGURE_TEXT[name].title}>
              {draw(name)}
            </ErrorBoundary>
          ))}
        </div>
      )}
    </section>
  );
}
