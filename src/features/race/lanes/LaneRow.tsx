import { type FocusEvent, memo, type ReactNode, useCallback, useId, useMemo } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { shortcutCount } from '../../../charts/series/shortcuts.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { percent } from '../../../core/format.ts';
import { concatenates } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { isCovering } from '../../classroom/classroom.ts';
import { netNow } from '../../lab/lane-now.ts';
import type { NetCost } from '../../lab/use-net-costs.ts';
import { useUntoldLanes } from '../../lesson/use-told-lanes.ts';
import { useStripSlow } from '../../slow-motion/use-strip-slow.ts';
import {
  useClassroomState,
  useHovered,
  useHoveredState,
  useInsightState,
  useLab,
  useLabState,
} from '../../use-stores.ts';
import { stripGeometry } from '../strip/geometry.ts';
import type { BlockAt } from '../strip/roving.ts';
import type { Ruler } from '../strip/ruler.ts';
import { Strip } from '../strip/Strip.tsx';
import { shapeOf } from '../strip/shape.ts';
import { useStripBlocks } from '../strip/use-strip-blocks.ts';
import type { LaneBlock } from './BlockCard.tsx';
import { LaneName } from './LaneName.tsx';
import styles from './lanes.module.css';
import { switchedOn, toggledGain } from './net-changes.ts';
import { PictureAnswers, type Ring } from './Pictures.tsx';
import { TrainingErrorNow } from './TrainingErrorNow.tsx';

export interface LaneRowProps extends Ring {
  readonly lane: LaneSpec;
  readonly cost: NetCost;
  readonly ruler: Ruler;
  /** Whether another net of the race is the same without shortcuts. */
  readonly hasTwin: boolean;
  /** How many nets before it have its colour. */
  readonly repeat: number | undefined;
  /** The seed that its numbers are of, where the figures show others, too. */
  readonly seed: number | null;
  /** The block under the pointer; null when that has left the strip. */
  readonly onHover: (at: LaneBlock | null) => void;
  /** The block with the keyboard's focus; null when that has left the strip and the card. */
  readonly onFocus: (at: LaneBlock | null) => void;
  /** The block whose sheet is open, if it is one of this net. */
  readonly pointed: number | null;
  /** A finger on a block, and where that is on the screen. */
  readonly onTap: (lane: string, block: number, anchor: DOMRect) => void;
  /** The card of the block that is pointed at: right behind the strip, so that Tab goes from an arc to its gain. */
  readonly card: ReactNode;
}

/** One net of the race: its name, its blocks and shortcuts, its answers, and its error. While it trains, only its numbers render. */
export const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  const { lane, cost, ruler, hasTwin, repeat, seed, pointed, card, onHover, onFocus, onTap, at, onRing } = props;
  const lab = useLab();
  const { name } = lane;
  const { hover } = useHovered();
  const hovered = useHoveredState(({ id }) => id === name);
  const covered = useUntoldLanes().includes(name);
  // One that is trained again from step 0 was a smaller net before it was grown.
  const net = useLabState((state) => netNow(state, lane));
  const chosen = useInsightState(({ block }) => (block?.lane === name ? block.block : null));
  const blocks = useStripBlocks(lab.store, name, chosen);
  const atMoment = useStripSlow(name);
  // Its panel is not shown then, either.
  const slow = useClassroomState(isCovering) ? null : atMoment;
  const geometry = useMemo(() => stripGeometry(shapeOf(net), ruler), [net, ruler]);
  const toggle = useCallback(
    (block: number) => {
      const now = blocks[block - 1];
      if (now !== undefined && now.state !== 'pending')
        lab.setGain(name, block, toggledGain(lab.store.getState(), name, block));
    },
    [lab, name, blocks],
  );
  const point = useCallback((at: BlockAt | null) => onHover(at && { ...at, lane: name }), [onHover, name]);
  const focus = useCallback((at: BlockAt | null) => onFocus(at && { ...at, lane: name }), [onFocus, name]);
  const blur = ({ target, relatedTarget, currentTarget }: FocusEvent) => {
    // Where the window has lost the focus, the element has it again with the window.
    if (target !== document.activeElement && !currentTarget.contains(relatedTarget)) onFocus(null);
  };
  const tap = useCallback((block: number, anchor: DOMRect) => onTap(name, block, anchor), [onTap, name]);
  const manyId = useId();
  const on = blocks.filter(({ gain }) => gain !== 0).length;
  const pending = blocks.some(({ state }) => state === 'pending');
  return (
    <section
      className={`${styles.lane} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      data-lane={name}
      data-hot={hovered || undefined}
      data-slow={slow !== null || undefined}
      aria-label={name}
      onPointerEnter={() => hover(name)}
      onPointerLeave={() => hover(null)}
    >
      <div className={styles.net}>
        <LaneName lane={lane} net={net} cost={cost} hasTwin={hasTwin} repeat={repeat} covered={covered} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus leaves the blocks and the card */}
        <div className={styles.strip} onBlur={blur}>
          <Strip
            name={name}
            family={net.family}
            depth={net.depth}
            geometry={geometry}
            blocks={blocks}
            slow={slow}
            pointed={pointed}
            onToggle={toggle}
            onTap={tap}
            onHover={point}
            onFocus={focus}
          />
          <span className={styles.heads} style={{ height: ruler.axis }} aria-hidden="true" />
          {card}
        </div>
      </div>
      {covered ? <span /> : <PictureAnswers name={name} at={at} onRing={onRing} />}
      <div className={styles.switch}>
        {blocks.length > 0 && (
          <Toggle
            label={say('race.shortcuts')}
            checked={on > 0}
            mixed={on > 0 && on < blocks.length}
            busy={pending}
            describedBy={manyId}
            onChange={() => lab.setGains(name, on === blocks.length ? 0 : switchedOn(lab.store.getState(), name))}
          />
        )}
        <span aria-hidden="true">
          {concatenates(net) ? say('race.concatenated') : shortcutCount(on, blocks.length)}
        </span>
        <span id={manyId} className="vh">
          {concatenates(net)
            ? say('race.shortcutsConcatenated')
            : say('race.shortcutsOn', { on, blocks: blocks.length })}
        </span>
      </div>
      <div className={styles.number}>
        {covered ? (
          <>
            <span aria-hidden="true">?</span>
            <span className="vh">{say('classroom.coverTitle')}</span>
          </>
        ) : (
          <>
            {seed !== null && <span className="vh">{say('race.ofSeed', { seed })}</span>}
            <TrainingErrorNow store={lab.store} name={name} />
            <TestErrorNow name={name} />
          </>
        )}
      </div>
    </section>
  );
});

/** The last test error, over the number of the lane: under the pointer, and for screen readers. */
function TestErrorNow({ name }: { readonly name: string }) {
  const error = useLabState(({ curves }) => curves.get(name)?.tests.at(-1)?.error ?? null);
  return (
    <>
      {error !== null && (
        <span className={styles.test} title={say('race.testErrorHint', { percent: percent(error) })} />
      )}
      <span className="vh">
        {error === null ? say('race.noTestError') : say('race.testError', { percent: percent(error) })}
      </span>
    </>
  );
}
