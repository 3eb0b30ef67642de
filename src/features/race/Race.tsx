import { MAX_DETAILED_LANES } from '../../charts/plot-area.ts';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { coversCurves } from '../classroom/classroom.ts';
import { CurvesCover } from '../classroom/view/CurvesCover.tsx';
import { VoteRow } from '../classroom/view/Votes.tsx';
import { SlowMotion } from '../slow-motion/view/SlowMotion.tsx';
import { useClassroomState, useLabState } from '../use-stores.ts';
import { Curves } from './curves/Curves.tsx';
import { Lanes } from './lanes/Lanes.tsx';

/**
 * The nets, a round in slow motion, what happened to the nets, and their curves, or what covers these. The rows of many nets
 * would fill a screen, so their curves come first, and slow motion stands with the nets.
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
  const slow = (
    <ErrorBoundary key="slow" part={say('charts.partSlow')}>
      <SlowMotion over={!many} />
    </ErrorBoundary>
  );
  return many ? [curves, slow, nets] : [nets, slow, curves];
}
