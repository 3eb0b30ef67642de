import { memo, type ReactNode, useCallback, useId, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { meanNow } from '../../../charts/series/running-mean.ts';
import { gainsAt, type LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep, eraAt } from '../../../core/experiment/origin.ts';
import { count, percent, short } from '../../../core/format.ts';
import { Glyph, Name } from '../../../ui/controls/Name.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { UI } from '../../../ui/strings.ts';
import { useStripSlow } from '../../slow-motion/view/use-strip-slow.ts';
import { useHovered, useHoveredState, useInsightState, useLab, useLabState } from '../../use-stores.ts';
import { stripGeometry } from '../strip/geometry.ts';
import type { Ruler } from '../strip/ruler.ts';
import { Strip, type StripBlock } from '../strip/Strip.tsx';
import type { NetCost } from '../use-net-costs.ts';
import { Diverged } from './Diverged.tsx';
import { shapeOf } from './strip-shape.ts';

const words = UI.lanes;

/** What the number of a lane is averaged over, so that it can be read while it moves. */
const NUMBER_WINDOW = 30;

export interface LaneRowProps {
  readonly lane: LaneSpec;
  readonly cost: NetCost;
  readonly ruler: Ruler;
  readonly stageLabels: readonly string[] | null;
  readonly onPoint: (lane: string, block: number | null, anchor: DOMRect | null) => void;
  /** The block whose sheet is open, if it is one of this net. */
  readonly pointed: number | null;
  /** A finger on a block, and where that is on the screen. */
  readonly onTap: (lane: string, block: number, anchor: DOMRect) => void;
  /** The card of the block that is pointed at: right behind the strip, so that Tab goes from an arc to its gain. */
  readonly card: ReactNode;
}

/** One net of the race: its name, its blocks and shortcuts, and how well it does. While it trains, only its numbers render. */
export const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  const { lane, cost, ruler, stageLabels, pointed, card, onPoint, onTap } = props;
  const lab = useLab();
  const { name } = lane;
  const { hover } = useHovered();
  const hovered = useHoveredState(({ id }) => id === name);
  // One that is trained again from step 0 was a smaller net before it was grown.
  const net = useLabState((state) => eraAt(lane, state.curves.get(name)?.begun ?? 0).net);
  const blocks = useBlocks(name);
  const slow = useStripSlow(name);
  const geometry = useMemo(() => stripGeometry(shapeOf(net), ruler), [net, ruler]);
  const toggle = useCallback(
    (block: number) => {
      const now = blocks[block - 1];
      if (now !== undefined && now.state !== 'pending') lab.setGain(name, block, now.gain === 0 ? 1 : 0);
    },
    [lab, name, blocks],
  );
  const point = useCallback(
    (block: number | null, anchor: DOMRect | null) => onPoint(name, block, anchor),
    [onPoint, name],
  );
  const tap = useCallback((block: number, anchor: DOMRect) => onTap(name, block, anchor), [onTap, name]);
  const manyId = useId();
  const on = blocks.filter(({ gain }) => gain !== 0).length;
  const pending = blocks.some(({ state }) => state === 'pending');
  const many = on === 0 ? words.none : on === blocks.length ? words.all(on) : words.some(on, blocks.length);
  return (
    <section
      className={`lane ${hovered ? 'hot ' : ''}${slow === null ? '' : 'slowed '}${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      aria-label={name}
      onPointerEnter={() => hover(name)}
      onPointerLeave={() => hover(null)}
    >
      <div className="name">
        <h3>
          <Glyph family={net.family} depth={net.depth} />
          <Name>{name}</Name>
        </h3>
        {lane.origin !== undefined && <span>{UI.branching.from(lane.origin.lane, branchStep(lane))}</span>}
        <span title={words.cost(count(cost.multiplyAdds))}>
          <span>{words.parameters(cost.parameters)}</span>
          <br />
          <span>{`${short(cost.multiplyAdds)} multiply-adds`}</span>
        </span>
      </div>
      <Strip
        name={name}
        family={net.family}
        depth={net.depth}
        geometry={geometry}
        blocks={blocks}
        stageLabels={stageLabels}
        slow={slow}
        pointed={pointed}
        onToggle={toggle}
        onTap={tap}
        onHover={point}
        onFocus={point}
        labels={words}
      />
      {card}
      <div className="shortcuts">
        {blocks.length > 0 && (
          <Toggle
            label={words.shortcuts}
            checked={on > 0}
            mixed={on > 0 && on < blocks.length}
            busy={pending}
            describedBy={manyId}
            onChange={() => lab.setGains(name, on === blocks.length ? 0 : 1)}
          />
        )}
        <span className="many" aria-hidden="true">
          {many}
        </span>
        <span id={manyId} className="vh">
          {words.onNamed(on, blocks.length)}
        </span>
      </div>
      <div className="train" data-unit={words.trainShort}>
        <TrainingErrorNow name={name} />
        <LaneState name={name} />
      </div>
      <div className="test" data-unit={words.testShort}>
        <TestErrorNow name={name} />
      </div>
    </section>
  );
});

function TrainingErrorNow({ name }: { readonly name: string }) {
  const error = useLabState(({ curves }) => {
    const curve = curves.get(name);
    return curve === undefined ? null : meanNow(curve, NUMBER_WINDOW);
  });
  return <NamedPercent name={words.trainNamed} value={error} />;
}

function TestErrorNow({ name }: { readonly name: string }) {
  const error = useLabState(({ curves }) => curves.get(name)?.tests.at(-1)?.error ?? null);
  return <NamedPercent name={words.testNamed} value={error} />;
}

/** A number whose name stands in the head of its column, which a screen reader does not connect with it. */
function NamedPercent({ name, value }: { readonly name: string; readonly value: number | null }) {
  return (
    <>
      <span aria-hidden="true" translate="no">
        {percent(value)}
      </span>
      <span className="vh">{words.errorNamed(name, value)}</span>
    </>
  );
}

/** A lane that is not where the others are says so. */
function LaneState({ name }: { readonly name: string }) {
  const divergedAt = useLabState(({ curves }) => curves.get(name)?.divergedAt ?? null);
  // A report may hold a round more of one lane than of another.
  const behindAt = useLabState(({ curves, step }) => {
    const steps = curves.get(name)?.steps ?? step;
    return steps < step - 1 ? steps : null;
  });
  if (divergedAt !== null) return <Diverged name={name} step={divergedAt} />;
  return behindAt === null ? null : <small>{words.catchingUp(behindAt)}</small>;
}

/** The state of every shortcut of a lane: the same array until one of them changes, which spares the strip a render. */
function useBlocks(name: string): readonly StripBlock[] {
  const gains = useLabState(
    useShallow(({ experiment, curves }) => gainsAt(experiment, name, curves.get(name)?.begun ?? 0)),
  );
  const pending = useLabState(
    useShallow((state) => state.pending.filter(({ lane }) => lane === name).map(({ block }) => block)),
  );
  const chosen = useInsightState(({ block }) => (block?.lane === name ? block.block : null));
  return useMemo(
    () =>
      gains.map((gain, index) => {
        const block = index + 1;
        const settled = gain === 0 ? 'off' : gain === 1 ? 'on' : 'partial';
        return {
          index: block,
          gain,
          chosen: chosen === block,
          state: pending.includes(block) ? 'pending' : settled,
        };
      }),
    [gains, pending, chosen],
  );
}
