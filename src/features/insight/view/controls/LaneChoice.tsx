import type { LaneSpec } from '../../../../core/experiment/experiment.ts';
import { NetChips } from '../../../../ui/controls/NetChips.tsx';
import { useInsight } from '../../../use-stores.ts';
import { INSIDE } from '../../strings.ts';

export interface LaneChoiceProps {
  readonly lanes: readonly LaneSpec[];
  readonly compared: readonly LaneSpec[];
}

/** Which nets the figures compare. */
export function LaneChoice({ lanes, compared }: LaneChoiceProps) {
  const insight = useInsight();
  const chosen = compared.map(({ name }) => name);
  return (
    <NetChips label={INSIDE.lanes} nets={lanes} chosen={chosen} onChoose={(names) => insight.chooseLanes(names)} />
  );
}
