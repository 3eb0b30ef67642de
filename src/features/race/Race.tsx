import { MAX_DETAILED_LANES } from '../../charts/plot-area.ts';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { coversCurves } from '../classroom/classroom.ts';
import { CurvesCover } from '../classroom/view/CurvesCover.tsx';
import { VoteRow } from '../classroom/view/Votes.tsx';
import { useClassroomState, useLabState } from '../use-stores.ts';
import { Curves } from './curves/Curves.tsx';
import { Lanes } from './lanes/Lanes.tsx';

/**
 * The nets, what happened to them, and their curves, or what covers these. The rows of many nets would fill a screen, so
 * their curves come first.
 */
export function Race() {
  const many = useLabState(({ experiment }) => experiment.lanes.length > MAX_DETAILED_LANES);
  const covered = useClassroomState(coversCurves);
  const nets = (
    <ErrorBoundary key="nets" part={say('charts.partLanes')}>
      <Lanes />
    </ErrorBoundary>
  );
  const curves = (
    <ErrorBoundary key="curves" part={say('charts.partCurves')}>
      <VoteRow />
      {covered ? <CurvesCover /> : <Curves />}
    </ErrorBoundary>
  );
  return many ? [curves, nets] : [nets, curves];
}
