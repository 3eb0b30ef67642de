import { MAX_DETAILED_LANES } from '../charts/plot-area.ts';
import { coversCurves } from '../features/classroom/classroom.ts';
import { CurvesCover } from '../features/classroom/view/CurvesCover.tsx';
import { VoteRow } from '../features/classroom/view/Votes.tsx';
import { Curves } from '../features/race/curves/Curves.tsx';
import { Lanes } from '../features/race/lanes/Lanes.tsx';
import { SlowMotionPanel } from '../features/slow-motion/view/SlowMotionPanel.tsx';
import { useClassroomState, useLabState } from '../features/use-stores.ts';
import { say } from '../language/say.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';

/**
 * The nets, a round in slow motion, what happened to the nets, and their curves, or what covers these. The rows of many nets
 * would fill a screen, so their curves come first, and slow motion stands with the nets.
 */
export function RaceParts() {
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
      <SlowMotionPanel over={!many} />
    </ErrorBoundary>
  );
  return many ? [curves, slow, nets] : [nets, slow, curves];
}
