import { toneOf } from '../../../charts/colours.ts';
import type { Net } from '../../../charts/panels/panel.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';

/** A lane as the charts name and colour it. */
export function netOf({ name, net }: LaneSpec): Net {
  return { id: name, name, family: net.family, tone: toneOf(net.depth) };
}
