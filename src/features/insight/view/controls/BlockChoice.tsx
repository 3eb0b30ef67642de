import type { LaneSpec } from '../../../../core/experiment/experiment.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { useInsight, useLabState } from '../../../use-stores.ts';
import { INSIDE } from '../../strings.ts';

/** Which block of which net is looked into. */
export function BlockChoice({ lane, block }: { readonly lane: LaneSpec; readonly block: number }) {
  const insight = useInsight();
  const lanes = useLabState((state) => state.experiment.lanes);
  const share = block / lane.net.gains.length;
  return (
    <>
      <Select
        small
        label={INSIDE.net}
        value={lane.name}
        options={lanes.filter(({ net }) => net.gains.length > 0).map(({ name }) => ({ value: name, text: name }))}
        onChange={(name) => {
          // As deep in the other net as it was in this one.
          const blocks = lanes.find((each) => each.name === name)?.net.gains.length ?? 1;
          insight.chooseBlock(name, Math.max(1, Math.round(share * blocks)));
        }}
      />
      <Select
        small
        label={INSIDE.block}
        value={String(block)}
        options={lane.net.gains.map((_, index) => ({
          value: String(index + 1),
          text: INSIDE.blockNumber(index + 1),
        }))}
        onChange={(chosen) => insight.chooseBlock(lane.name, Number(chosen))}
      />
    </>
  );
}
