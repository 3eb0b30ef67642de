import { ScanSearch } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { netClass, netStyle, toneOf } from '../../charts/tone.ts';
import { useInside, useInsideState } from '../../lab/use-inside.ts';
import { useLab, useLabState } from '../../lab/use-lab.ts';
import type { LaneSpec } from '../../spec/experiment.ts';
import { stageOf } from '../../spec/net.ts';
import { LIMITS } from '../../spec/parse.ts';
import { INSIDE } from '../../text/inside.ts';
import { UI } from '../../text/ui.ts';
import { RangeSlider } from '../controls/RangeSlider.tsx';
import { INSIDE_ID } from '../inside/inside-id.ts';
import { shown } from '../shown.ts';
import type { NetCost } from '../use-net-costs.ts';
import { blockFacts } from './block-facts.ts';
import { GainReach } from './GainReach.tsx';

const words = UI.card;

/** Free between the card and the window's edges. */
const EDGE = 8;
/** With its block, so that the pointer finds no gap on its way. */
const OVERLAP = 2;

export interface BlockCardProps {
  readonly lane: LaneSpec;
  readonly cost: NetCost;
  readonly block: number;
  /** The gain in force. */
  readonly gain: number;
  /** The block on the screen. */
  readonly anchor: DOMRect;
  /** The pointer or the focus is on the card: it must stay. */
  readonly onHold: (hold: boolean) => void;
  readonly onClose: () => void;
}

/** What a block is made of, and the strength of its shortcut. */
export function BlockCard({ lane, cost, block, gain, anchor, onHold, onClose }: BlockCardProps) {
  const lab = useLab();
  const inside = useInside();
  const chosen = useInsideState((state) => state.block?.lane === lane.name && state.block.block === block);
  const pending = useLabState((state) => state.pending.some((each) => each.lane === lane.name && each.block === block));
  const [value, setValue] = useState(gain);
  useEffect(() => setValue(gain), [gain]);
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  useLayoutEffect(() => {
    const { offsetWidth: width, offsetHeight: height } = card.current ?? { offsetWidth: 0, offsetHeight: 0 };
    const middle = anchor.left + anchor.width / 2 - width / 2;
    const left = Math.min(Math.max(EDGE, middle), document.documentElement.clientWidth - width - EDGE);
    const below = anchor.bottom - OVERLAP;
    setPlace({ left, top: below + height > innerHeight - EDGE ? anchor.top - height + OVERLAP : below });
  }, [anchor]);
  const lookInside = () => {
    inside.chooseBlock(name, block);
    document.getElementById(INSIDE_ID)?.scrollIntoView({ block: 'start' });
  };
  const facts = blockFacts(cost.graph, block);
  const { net, name } = lane;
  const hint = gain === 0 ? (net.family === 'plain' ? words.place : words.off) : words.on;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the card only notices that it is in use
    <div
      ref={card}
      className={`card ${netClass(net.family)}`}
      style={{ ...netStyle(toneOf(net.depth)), ...place }}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h3>
        <span>{words.block(block)}</span>
        <span>{words.where(name, stageOf(net, block))}</span>
      </h3>
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
          onCommit={(chosen) => lab.setGain(name, block, chosen).catch(shown)}
        />
        <output>{value.toFixed(1)}</output>
      </div>
      <GainReach name={name} net={net} block={block} gain={value} />
      <p>{pending ? words.pending : hint}</p>
      <button type="button" className="btn mini" aria-pressed={chosen} onClick={lookInside}>
        <ScanSearch size={14} aria-hidden />
        <span>{INSIDE.lookInside}</span>
      </button>
    </div>
  );
}
