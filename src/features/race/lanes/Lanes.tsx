import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { MAX_DETAILED_LANES, useWidth } from '../../../charts/plot-area.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { haveSameShape, isFresh } from '../../../core/experiment/lineage.ts';
import { say } from '../../../language/say.ts';
import { NETS_ID } from '../../../ui/section-ids.ts';
import { useLowWindow, usePhone, useTouchSize } from '../../../ui/use-screen.ts';
import { gainsNow } from '../../lab/lane-now.ts';
import { useLanesNow } from '../../lab/use-lanes-now.ts';
import { useNetCosts, useNetRepeats } from '../../lab/use-net-costs.ts';
import { sealedLanes } from '../../lesson/lesson-state.ts';
import { useClassroomState, useLabState, useLessonState } from '../../use-stores.ts';
import { useShowsMeans } from '../curves/use-races.ts';
import { rulerFor } from '../strip/ruler.ts';
import { shapeOf } from '../strip/shape.ts';
import { BlockCard, useBlockCard } from './BlockCard.tsx';
import type { BlockDetails } from './BlockControls.tsx';
import { BlockSheet } from './BlockSheet.tsx';
import { Flow } from './Flow.tsx';
import { LaneRow } from './LaneRow.tsx';
import styles from './lanes.module.css';
import { Tray } from './Pictures.tsx';
import { SealedRow } from './SealedRow.tsx';

/** A block whose sheet opens is brought above this share of the window's height, so that the sheet does not hide it. */
const ABOVE_SHEET = 0.4;

/** Less than this, in CSS pixels, is too narrow for the answers beside the strips, and for the tray beside the nets. */
const ROOM_FOR = { answers: 1056, tray: 720 } as const;

/** The picture that is ringed at first. */
const FIRST_RINGED = 1;

/** All nets of the race, one under the other, on one ruler: length is depth. Pictures go in, answers come out. */
export function Lanes() {
  const lanes = useLabState((state) => state.experiment.lanes);
  const sealed = useLessonState(sealedLanes);
  const until = useLabState((state) => state.experiment.until);
  const costs = useNetCosts();
  // Where the figures show means over seeds, the numbers here are of the live race's seed alone.
  const liveSeed = useLabState((state) => state.experiment.recipe.seed);
  const seed = useShowsMeans() ? liveSeed : null;
  const repeats = useNetRepeats();
  const touch = useTouchSize();
  const low = useLowWindow();
  const [attachAll, all] = useWidth<HTMLElement>();
  const [attach, width] = useWidth<HTMLSpanElement>();
  const { target, hover, focus, hold, take, close } = useBlockCard();
  const [touched, setTouched] = useState<{ readonly lane: string; readonly block: number } | null>(null);
  const [ringed, setRinged] = useState(FIRST_RINGED);
  const tap = useCallback((lane: string, block: number, anchor: DOMRect) => {
    scrollBy({ top: Math.max(0, anchor.bottom - ABOVE_SHEET * innerHeight) });
    setTouched({ lane, block });
  }, []);
  const presenting = useClassroomState((state) => state.presenting);
  const phone = usePhone();
  const dense = (presenting && !phone) || lanes.length > MAX_DETAILED_LANES;
  const ruler = useMemo(
    () =>
      width === null
        ? null
        : rulerFor(
            lanes.map(({ net }) => shapeOf(net)),
            { width, rows: dense ? 'dense' : low ? 'low' : 'usual', touch },
          ),
    [lanes, width, dense, low, touch],
  );
  const told = lanes.find((lane) => hasPlainTwin(lane, lanes));
  return (
    <section
      ref={attachAll}
      className={styles.nets}
      data-dense={dense || undefined}
      data-room={roomOf(all ?? Number.POSITIVE_INFINITY)}
      id={NETS_ID}
      tabIndex={-1}
      aria-label={say('race.nets')}
    >
      <h2 className="vh">{say('race.nets')}</h2>
      {!dense && (
        <>
          <Flow lanes={lanes} axis={ruler?.axis ?? 0} />
          <Tray at={ringed} onRing={setRinged} />
        </>
      )}
      <div className={styles.lanes}>
        <LaneHead attach={attach} dense={dense} seed={seed} />
        {lanes.map((lane) => {
          const cost = costs.get(lane.name);
          if (ruler === null || cost === undefined) return null;
          if (sealed.includes(lane.name))
            return <SealedRow key={lane.name} net={lane.net} ruler={ruler} opens={until} />;
          return (
            <LaneRow
              key={lane.name}
              lane={lane}
              cost={cost}
              ruler={ruler}
              hasTwin={lane === told}
              repeat={repeats.get(lane.name)}
              seed={seed}
              at={ringed}
              onRing={setRinged}
              onHover={hover}
              onFocus={focus}
              pointed={touched?.lane === lane.name ? touched.block : null}
              onTap={tap}
              card={
                target?.lane === lane.name &&
                !presenting && (
                  <WithDetails of={target}>
                    {(details) => (
                      <BlockCard {...details} of={target.element} onHold={hold} onTake={take} onClose={close} />
                    )}
                  </WithDetails>
                )
              }
            />
          );
        })}
      </div>
      {touched !== null && (
        <WithDetails of={touched}>
          {(details) => <BlockSheet {...details} onClose={() => setTouched(null)} />}
        </WithDetails>
      )}
    </section>
  );
}

interface LaneHeadProps {
  readonly attach: (element: HTMLSpanElement) => void;
  readonly dense: boolean;
  /** The seed that the numbers are of, where the figures show others, too. */
  readonly seed: number | null;
}

/** The heads of the columns, which each lane names again for screen readers. The first is as wide as the strips. */
function LaneHead({ attach, dense, seed }: LaneHeadProps) {
  const augmented = useLabState((state) => state.experiment.recipe.augment) ? 'yes' : 'no';
  return (
    <div className={styles.head} aria-hidden="true">
      {dense && <span />}
      <span ref={attach}>{say('race.eachBar')}</span>
      <span>{say('race.netsAnswer')}</span>
      <span>{say('race.shortcuts')}</span>
      <span title={say('race.wrongHint', { augmented })}>
        {seed === null ? say('race.wrong') : say('race.wrongOfSeed', { seed })}
      </span>
    </div>
  );
}

/** How many columns there is room for in a section of this width, in CSS pixels. */
function roomOf(width: number): 'wide' | 'middle' | 'narrow' {
  if (width < ROOM_FOR.tray) return 'narrow';
  return width < ROOM_FOR.answers ? 'middle' : 'wide';
}

/** Whether another lane has the same net without shortcuts, both as they were made: what sets them apart is shortcuts. */
function hasPlainTwin(lane: LaneSpec, lanes: readonly LaneSpec[]): boolean {
  if (lane.net.family === 'plain' || !isFresh(lane)) return false;
  return lanes.some((other) => {
    const isPlain = other.net.family === 'plain' && other.net.gains.every((gain) => gain === 0);
    return isPlain && isFresh(other) && haveSameShape(other.net, lane.net);
  });
}

interface WithDetailsProps {
  readonly of: { readonly lane: string; readonly block: number };
  readonly children: (details: BlockDetails) => ReactNode;
}

/** Looks up what a block's card or sheet shows; nothing where the block is gone. */
function WithDetails({ of: { lane: name, block }, children }: WithDetailsProps) {
  const lane = useLanesNow().find((each) => each.name === name);
  const gain = useLabState((state) => gainsNow(state, name)[block - 1]);
  const cost = useNetCosts().get(name);
  if (lane === undefined || cost === undefined || gain === undefined) return null;
  return children({ lane, cost, block, gain });
}
