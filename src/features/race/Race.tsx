import { MAX_DETAILED_LANES } from '../../charts/plot-area.ts';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { useLabState } from '../use-stores.ts';
import { Curves } from './curves/Curves.tsx';
import { Lanes } from './lanes/Lanes.tsx';

/** The nets, what happened to them, and their curves. The rows of many nets would fill a screen, so their curves come first. */
export function Race() {
  const many = useLabState(({ experiment }) => experiment.lanes.length > MAX_DETAILED_LANES);
  const nets = (
    <ErrorBoundary key="nets" part={say('charts.partLanes')}>
      <Lanes />
    </ErrorBoundary>
  );
  const curves = (
    <ErrorBoundary key="curves" part={say('charts.partCurves')}>
      <Curves />
    </ErrorBoundary>
  );
  return many ? [curves, nets] : [nets, curves];
}
