import { useState } from 'react';
import { LIMITS } from '../../../core/experiment/parse/parse.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { stageOf } from '../../../core/net/net.ts';
import { NumberField } from '../../../ui/controls/NumberField.tsx';
import { UI } from '../../../ui/strings.ts';
import { useLab } from '../../use-stores.ts';

const words = UI.card;

export interface GainReachProps {
  readonly name: string;
  readonly net: NetSpec;
  readonly block: number;
  /** The gain that the card shows. */
  readonly gain: number;
}

/** Gives the gain of one block to its stage or to the whole net, now or from a later step on. */
export function GainReach({ name, net, block, gain }: GainReachProps) {
  const lab = useLab();
  const [from, setFrom] = useState(0);
  const blocks = net.gains.map((_, index) => index + 1);
  const stage = blocks.filter((each) => stageOf(net, each) === stageOf(net, block));
  const reaches = [
    { text: words.toBlock, blocks: [block] },
    { text: words.toStage, blocks: stage },
    { text: words.toNet, blocks },
  ];
  return (
    <div className="reach">
      <span>{words.from}</span>
      <NumberField
        label={words.fromStep}
        value={from}
        range={{ min: 0, max: LIMITS.steps.max, whole: true }}
        onCommit={setFrom}
      />
      {reaches.map((reach) => (
        <button
          key={reach.text}
          type="button"
          className="btn mini"
          aria-label={words.give(gain, reach.text, from)}
          onClick={() => lab.scheduleGain(name, reach.blocks, gain, from)}
        >
          {reach.text}
        </button>
      ))}
    </div>
  );
}
