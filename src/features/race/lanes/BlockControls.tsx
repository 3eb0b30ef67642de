import { ScanSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import { BlockDiagram } from '../../../charts/block/BlockDiagram.tsx';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { phaseAt } from '../../../core/experiment/lineage.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { NumberField } from '../../../ui/controls/NumberField.tsx';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { goToAnchor } from '../../../ui/go-to-anchor.ts';
import { INSIDE_ID } from '../../../ui/section-ids.ts';
import { begunOf } from '../../lab/lane-now.ts';
import type { NetCost } from '../../lab/use-net-costs.ts';
import { useInsight, useInsightState, useIsBelow, useLab, useLabState } from '../../use-stores.ts';
import styles from './block-card.module.css';
import { blockFacts } from './block-facts.ts';
import { blockParts, blockPartsText } from './block-parts.ts';
import { gainReaches } from './gain-reach.ts';
import { toggledGain } from './net-changes.ts';

/** As wide as the text of the card and of the sheet, in CSS pixels. On narrower phones it is drawn smaller. */
const DIAGRAM_WIDTHS = { pointer: 264, touch: 342 } as const;

export interface BlockDetails {
  /** With the net that it is now. */
  readonly lane: LaneSpec;
  readonly cost: NetCost;
  readonly block: number;
  /** The gain in force. */
  readonly gain: number;
}

export interface BlockControlsProps extends BlockDetails {
  /** A click on the block cuts and mends its shortcut too; a tap on it opens the sheet. */
  readonly by: 'pointer' | 'touch';
  /** Does what leads away from here, once nothing is over the page. */
  readonly onLeave: (go: () => void) => void;
}

/** Whether a gain was asked for that no report has confirmed yet. */
function usePendingGain(lane: string, block: number): boolean {
  return useLabState((state) => state.pending.some((each) => each.lane === lane && each.block === block));
}

/** The button that cuts a block's shortcut, its layers, the strength of its shortcut and how far it reaches, and the way to Look inside. */
export function BlockControls({ lane, cost, block, gain, by, onLeave }: BlockControlsProps) {
  const { net, name } = lane;
  const lab = useLab();
  const insight = useInsight();
  const chosen = useInsightState((state) => state.block?.lane === name && state.block.block === block);
  const isBelow = useIsBelow('inside');
  const pending = usePendingGain(name, block);
  const [value, setValue] = useState(gain);
  useEffect(() => setValue(gain), [gain]);
  const facts = blockFacts(cost.graph, block, value);
  const lookInside = () => {
    insight.chooseBlock(name, block);
    // The lesson shows the figure beside the curves, too.
    onLeave(() => (isBelow ? goToAnchor(INSIDE_ID) : insight.pin('features')));
  };
  const parts = blockParts(cost.graph, block, value);
  return (
    <>
      <button
        type="button"
        className={`btn ${by === 'touch' ? 'primary' : 'quiet'} ${styles.cut}`}
        aria-disabled={pending}
        onClick={() => !pending && lab.setGain(name, block, toggledGain(lab.store.getState(), name, block))}
      >
        {deedOn(gain, net)}
      </button>
      <p>{say(pending ? 'race.pendingGain' : by === 'pointer' ? 'race.clickToo' : 'race.weightsKept')}</p>
      <BlockDiagram parts={parts} width={DIAGRAM_WIDTHS[by]} label={blockPartsText(parts, value)} />
      <ul>
        {facts.layers.map((layer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two layers of a block may read the same
          <li key={index}>{layer}</li>
        ))}
        <li>{facts.shortcut}</li>
        <li>{say('race.parameters', { count: facts.parameters })}</li>
      </ul>
      <div className={styles.gain}>
        <span>{say('race.gain')}</span>
        <RangeSlider
          label={say('race.gainOf', { block })}
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
      <button type="button" className="btn mini" aria-pressed={chosen} onClick={lookInside}>
        <ScanSearch size={14} aria-hidden />
        <span>{say('insight.lookInside')}</span>
      </button>
    </>
  );
}

function deedOn(gain: number, { family }: NetSpec): string {
  if (gain !== 0) return say('race.cutShortcut');
  return say(family === 'plain' ? 'race.addShortcut' : 'race.mendShortcut');
}

interface GainReachProps {
  readonly name: string;
  readonly net: NetSpec;
  readonly block: number;
  /** The gain that the card shows. */
  readonly gain: number;
}

const REACH = { block: 'race.toBlock', stage: 'race.toStage', net: 'race.toNet' } as const;

/** Gives the gain of one block to its stage or to the whole net, from a later step on or, where that has passed, now. */
function GainReach({ name, net, block, gain }: GainReachProps) {
  const lab = useLab();
  const [from, setFrom] = useState(0);
  const passed = useLabState((state) => from <= begunOf(state, name));
  const then = useLabState((state) => {
    const lane = state.experiment.lanes.find((each) => each.name === name);
    return lane === undefined ? net : phaseAt(lane, Math.max(from, begunOf(state, name))).net;
  });
  const reaches = gainReaches(net, block, then);
  return (
    <div className={styles.reach}>
      <span>{say(passed && from > 0 ? 'race.setPassed' : 'race.setFrom')}</span>
      <NumberField
        label={say('race.fromStep')}
        value={from}
        range={{ min: 0, max: LIMITS.steps.max, whole: true }}
        onCommit={setFrom}
      />
      {reaches.map((reach) => (
        <button
          key={reach.to}
          type="button"
          className="btn mini"
          aria-label={giveText(gain, reach.to, passed ? 0 : from)}
          onClick={() => lab.scheduleGain(name, reach.blocks, gain, from)}
        >
          {say(REACH[reach.to])}
        </button>
      ))}
    </div>
  );
}

function giveText(gain: number, to: keyof typeof REACH, from: number): string {
  const values = { gain: gain.toFixed(1), to };
  return from === 0 ? say('race.giveNow', values) : say('race.giveFrom', { ...values, from });
}
