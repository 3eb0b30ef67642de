import { ScanSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { LIMITS } from '../../../core/experiment/parse/parse.ts';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { UI } from '../../../ui/strings.ts';
import { INSIDE } from '../../insight/strings.ts';
import { INSIDE_ID } from '../../insight/view/inside-id.ts';
import { useInsight, useInsightState, useLab, useLabState } from '../../use-stores.ts';
import type { NetCost } from '../use-net-costs.ts';
import { blockFacts } from './block-facts.ts';
import { GainReach } from './GainReach.tsx';

const words = UI.card;

export interface BlockDetails {
  readonly lane: LaneSpec;
  readonly cost: NetCost;
  readonly block: number;
  /** The gain in force. */
  readonly gain: number;
}

export interface BlockControlsProps extends BlockDetails {
  /** What can be done here with the shortcut as it is. */
  readonly hint: { readonly on: string; readonly off: string; readonly place: string };
  /** When the page has gone on to Look inside. */
  readonly onLookInside?: (() => void) | undefined;
}

/** Whether a gain was asked for that no report has confirmed yet. */
export function usePendingGain(lane: string, block: number): boolean {
  return useLabState((state) => state.pending.some((each) => each.lane === lane && each.block === block));
}

/** A block's layers, the strength of its shortcut and how far it reaches, and the way to Look inside. */
export function BlockControls({ lane, cost, block, gain, hint, onLookInside }: BlockControlsProps) {
  const { net, name } = lane;
  const lab = useLab();
  const insight = useInsight();
  const chosen = useInsightState((state) => state.block?.lane === name && state.block.block === block);
  const pending = usePendingGain(name, block);
  const [value, setValue] = useState(gain);
  useEffect(() => setValue(gain), [gain]);
  const facts = blockFacts(cost.graph, block);
  const off = net.family === 'plain' ? hint.place : hint.off;
  const lookInside = () => {
    insight.chooseBlock(name, block);
    onLookInside?.();
    document.getElementById(INSIDE_ID)?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <ul>
        {facts.layers.map((layer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two layers of a block may read the same
          <li key={index}>{layer}</li>
        ))}
        <li>{facts.shortcut}</li>
        <li>{UI.lanes.parameters(facts.parameters)}</li>
      </ul>
      <div className="gain">
        <span>{words.gain}</span>
        <RangeSlider
          label={words.gainOf(block)}
          value={value}
          min={LIMITS.gain.min}
          max={LIMITS.gain.max}
          step={0.1}
          onChange={setValue}
          onCommit={(picked) => lab.setGain(name, block, picked)}
        />
        <output>{value.toFixed(1)}</output>
      </div>
      <GainReach name={name} net={net} block={block} gain={value} />
      <p>{pending ? words.pending : gain === 0 ? off : hint.on}</p>
      <button type="button" className="btn mini" aria-pressed={chosen} onClick={lookInside}>
        <ScanSearch size={14} aria-hidden />
        <span>{INSIDE.lookInside}</span>
      </button>
    </>
  );
}
