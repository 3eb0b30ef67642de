import { useInside } from '../../lab/use-stores.ts';
import type { LaneSpec } from '../../spec/experiment.ts';
import { INSIDE } from '../../text/inside.ts';
import { NetChips } from '../controls/NetChips.tsx';

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
