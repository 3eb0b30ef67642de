import type { Net } from '../../../charts/inside/net.ts';
import { toneOf } from '../../../charts/tone.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';

/** A lane as the charts name and colour it. */
export function netOf({ name, net }: LaneSpec): Net {
  return { id: name, name, family: net.family, tone: toneOf(net.depth) };
}
