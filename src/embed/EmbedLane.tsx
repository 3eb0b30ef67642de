import { useMemo } from 'react';
import { useStore } from 'zustand';
import { depthLightness, netClass, netStyle } from '../charts/colours.ts';
import type { LaneSpec } from '../core/experiment/experiment.ts';
import { concatenates } from '../core/net/net.ts';
import type { Lab } from '../features/lab/lab.ts';
import { netNow } from '../features/lab/lane-now.ts';
import { toggledGain } from '../features/race/lanes/net-changes.ts';
import { TrainingErrorNow } from '../features/race/lanes/TrainingErrorNow.tsx';
import { stripGeometry } from '../features/race/strip/geometry.ts';
import type { Ruler } from '../features/race/strip/ruler.ts';
import { Strip } from '../features/race/strip/Strip.tsx';
import { shapeOf } from '../features/race/strip/shape.ts';
import { useStripBlocks } from '../features/race/strip/use-strip-blocks.ts';
import { Glyph, Name } from '../ui/controls/Name.tsx';
import styles from './widget.module.css';

interface EmbedLaneProps {
  readonly lab: Lab;
  readonly lane: LaneSpec;
  readonly ruler: Ruler;
  /** Opens the race where that is not done yet. */
  readonly open: () => PromiseLike<void>;
}

/** A net in one row: its name, its strip with a switch for each shortcut, and its training error. */
export function EmbedLane({ lab, lane, ruler, open }: EmbedLaneProps) {
  const { name } = lane;
  // One that will grow is the smaller net until then.
  const net = useStore(lab.store, (state) => netNow(state, lane));
  const blocks = useStripBlocks(lab.store, name, null);
  const geometry = useMemo(() => stripGeometry(shapeOf(net), ruler), [net, ruler]);
  const toggle = (block: number) => {
    const now = blocks[block - 1];
    if (now === undefined || now.state === 'pending') return;
    lab.attempt(async () => {
      await open();
      await lab.setGain(name, block, toggledGain(lab.store.getState(), name, block));
    });
  };
  return (
    <section
      className={`${styles.lane} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      aria-label={name}
    >
      <h2>
        <Glyph
          family={net.family}
          depth={net.depth}
          shortcuts={blocks.some(({ gain }) => gain !== 0) || concatenates(net)}
        />
        <Name>{name}</Name>
      </h2>
      <div className={styles.strip}>
        <Strip
          name={name}
          family={net.family}
          depth={net.depth}
          geometry={geometry}
          blocks={blocks}
          onToggle={toggle}
          onTap={toggle}
        />
      </div>
      <p className={styles.number}>
        <TrainingErrorNow store={lab.store} name={name} />
      </p>
    </section>
  );
}
