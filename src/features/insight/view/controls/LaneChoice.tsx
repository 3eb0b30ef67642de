import type { LaneSpec } from '../../../../core/experiment/experiment.ts';
import { NetChips } from '../../../../ui/controls/NetChips.tsx';
import { useInside } from '../../../use-stores.ts';
import { INSIDE } from '../../strings.ts';

export interface LaneChoiceProps {
  readonly lanes: readonly LaneSpec[];
  readonly compared: readonly LaneSpec[];
}

/** Which nets the figures compare. */
export function LaneChoice({ lanes, compared }: LaneChoiceProps) {
  const inside = useInside();
  const chosen = compared.map(({ name }) => name);
  return <NetChips label={INSIDE.lanes} nets={lanes} chosen={chosen} onChoose={(names) => inside.chooseLanes(names)} />;
}
