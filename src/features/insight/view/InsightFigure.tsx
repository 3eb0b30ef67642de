import { type ComponentType, useMemo } from 'react';
import { say } from '../../../language/say.ts';
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useInsightState } from '../../use-stores.ts';
import { blockToOpen, lanesToCompare } from '../compared.ts';
import { FIGURE_NAMES, type FigureName, figureText, hasBars } from '../probes/probes.ts';
import { FeaturesFigure } from './FeaturesFigure.tsx';
import { LandscapeFigure } from './LandscapeFigure.tsx';
import { LesionFigure } from './LesionFigure.tsx';
import { BarsFigure, LinesFigure } from './ProbeFigure.tsx';

interface InsightFigureProps {
  readonly name: FigureName;
  /** Height of the chart in CSS pixels. */
  readonly height: number;
  readonly compact: boolean;
}

/** One figure of *Look inside* about the lanes and the block that the visitor chose; `compact` beside the curves. */
export function InsightFigure({ name, height, compact }: InsightFigureProps) {
  return (
    <ErrorBoundary part={figureText(name).title}>
      <Figure name={name} height={height} compact={compact} />
    </ErrorBoundary>
  );
}

function Figure({ name, height, compact }: InsightFigureProps) {
  const all = useToldLanes();
  const chosenLanes = useInsightState((state) => state.lanes);
  const chosenBlock = useInsightState((state) => state.block);
  const lanes = useMemo(() => lanesToCompare(all, chosenLanes), [all, chosenLanes]);
  const block = useMemo(() => blockToOpen(all, chosenBlock), [all, chosenBlock]);
  const shared = { lanes, height, compact };
  if (all.length === 0) return <p>{say('insight.empty')}</p>;
  switch (name) {
    case 'features':
      return block && <FeaturesFigure chosen={block} height={height} compact={compact} />;
    case 'lesions':
    case 'random':
      return <LesionFigure name={name} {...shared} />;
    case 'landscape':
      return <LandscapeFigure {...shared} />;
    default:
      return hasBars(name) ? <BarsFigure name={name} {...shared} /> : <LinesFigure name={name} {...shared} />;
  }
}

/** A figure that can stand in the slot beside the curves. `height`: of its chart, in CSS pixels. */
export interface PinnedFigure {
  readonly id: FigureName;
  /** Its name in the slot's menu. */
  readonly title: () => string;
  readonly Component: ComponentType<{ readonly height: number }>;
}

/** All figures of *Look inside*, small. The one that is shown is `pinned` in the state of the `InsightClient`. */
export const PINNED_FIGURES: readonly PinnedFigure[] = FIGURE_NAMES.map((id) => ({
  id,
  title: () => figureText(id).short,
  Component: ({ height }) => <InsightFigure name={id} height={height} compact />,
}));
