import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { depthLightness, netClass, netStyle } from '../charts/colours.ts';
import { meanNow } from '../charts/series/running-mean.ts';
import { gainsAt, type LaneSpec } from '../core/experiment/experiment.ts';
import { percent } from '../core/format.ts';
import type { Lab } from '../features/race/lab.ts';
import { plannedGains } from '../features/race/lanes/net-changes.ts';
import { stripGeometry } from '../features/race/strip/geometry.ts';
import type { Ruler } from '../features/race/strip/ruler.ts';
import { Strip } from '../features/race/strip/Strip.tsx';
import { shapeOf } from '../features/race/strip/shape.ts';
import { stripBlocks } from '../features/race/strip/strip-blocks.ts';
import { say } from '../language/say.ts';
import { Glyph, Name } from '../ui/controls/Name.tsx';
import { NUMBER_WINDOW } from './host.ts';
import styles from './widget.module.css';

interface EmbedLaneProps {
  readonly lab: Lab;
  readonly lane: LaneSpec;
  readonly ruler: Ruler;
  /** Opens the race where that is not done yet. */
  readonly open: () => PromiseLike<void>;
}

/** A net in one row: its name, its strip with a switch for each shortcut, and its training error. */
export function EmbedLane({ lab, lane: { name, net }, ruler, open }: EmbedLaneProps) {
  const gains = useStore(
    lab.store,
    useShallow(({ experiment, curves }) => gainsAt(experiment, name, curves.get(name)?.begun ?? 0)),
  );
  const planned = useStore(
    lab.store,
    useShallow(({ experiment, curves }) => {
      const of = plannedGains(experiment, name, curves.get(name)?.begun ?? 0);
      return gains.map((_, index) => of(index + 1));
    }),
  );
  const pending = useStore(
    lab.store,
    useShallow((state) => state.pending.filter(({ lane }) => lane === name).map(({ block }) => block)),
  );
  const error = useStore(lab.store, ({ curves }) => {
    const curve = curves.get(name);
    return curve === undefined ? null : meanNow(curve, NUMBER_WINDOW);
  });
  const blocks = useMemo(() => stripBlocks(gains, planned, pending, null), [gains, planned, pending]);
  const geometry = useMemo(() => stripGeometry(shapeOf(net), ruler), [net, ruler]);
  const toggle = (block: number) => {
    const now = blocks[block - 1];
    if (now === undefined || now.state === 'pending') return;
    lab.attempt(async () => {
      await open();
      await lab.setGain(name, block, now.gain === 0 ? 1 : 0);
    });
  };
  return (
    <section
      className={`${styles.lane} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      aria-label={name}
    >
      <h2>
        <Glyph family={net.family} depth={net.depth} shortcuts={blocks.some(({ gain }) => gain !== 0)} />
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
        <span aria-hidden="true" translate="no">
          {percent(error)}
        </span>
        <span className="vh">
          {error === null ? say('race.noTrainingError') : say('race.trainingError', { percent: percent(error) })}
        </span>
      </p>
    </section>
  );
}
