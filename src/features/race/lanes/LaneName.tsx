import { useShallow } from 'zustand/react/shallow';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep, lastFold } from '../../../core/experiment/lineage.ts';
import { concatenates, type NetSpec } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import { parts, say } from '../../../language/say.ts';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { Glyph, Name } from '../../../ui/controls/Name.tsx';
import { Said } from '../../../ui/Said.tsx';
import { begunOf } from '../../lab/lane-now.ts';
import type { NetCost } from '../../lab/use-net-costs.ts';
import { useLab, useLabState } from '../../use-stores.ts';
import styles from './lanes.module.css';
import { changeTimes, hasNow, netChanges } from './net-changes.ts';
import { Verdicts } from './Pictures.tsx';

interface LaneNameProps {
  readonly lane: LaneSpec;
  /** The net as it is now: a lane that has grown was a smaller one. */
  readonly net: NetSpec;
  readonly cost: NetCost;
  /** Whether another net of the race is the same without shortcuts. */
  readonly hasTwin: boolean;
  /** How many nets before it have its colour. */
  readonly repeat: number | undefined;
  /** Whether what it has learned is not to be told now. */
  readonly covered: boolean;
}

/** The row above a net's strip: whether it has shortcuts, its name, and what surgery or divergence has made of it. */
export function LaneName({ lane, net, cost, hasTwin, repeat, covered }: LaneNameProps) {
  const { name } = lane;
  const changes = useLabState(useShallow((state) => netChanges(state, lane, begunOf(state, name))));
  const now = hasNow(changes);
  const times = changeTimes(changes);
  const unchanged = now === null && times.length === 0;
  return (
    <div className={styles.name} data-name>
      <h3>
        <Glyph family={net.family} depth={net.depth} shortcuts={changes.on > 0 || concatenates(net)} repeat={repeat} />
        <Name>{name}</Name>
      </h3>
      {!covered && <LaneState name={name} />}
      {now !== null && <span className={styles.now}>{now}</span>}
      {times.length > 0 && <span className={styles.fact}>{times.join(' · ')}</span>}
      {lane.origin !== undefined && (
        <span className={styles.fact}>
          {say(lastFold(lane)?.step === branchStep(lane) ? 'race.foldOf' : 'race.branchOf', {
            lane: printable(lane.origin.lane),
            step: branchStep(lane),
          })}
        </span>
      )}
      {unchanged && (
        <span className={styles.fact} title={say('race.multiplyAdds', { count: cost.multiplyAdds })}>
          {hasTwin ? (
            <Said parts={parts('race.plusShortcuts', { depth: net.depth })} />
          ) : (
            say('race.layersAndParameters', { depth: net.depth, parameters: cost.parameters })
          )}
        </span>
      )}
      {covered ? <span /> : <Verdicts name={name} net={net} />}
    </div>
  );
}

/** Where a lane has diverged, with a button to rewind it, or at which step it is while it catches up with the others. */
function LaneState({ name }: { readonly name: string }) {
  const lab = useLab();
  const divergedAt = useLabState(({ curves }) => curves.get(name)?.divergedAt ?? null);
  const layer = useLabState(({ curves }) => curves.get(name)?.brokenLayer ?? null);
  // The loss of the step in which it diverged is that of the weights before it, so it was the step before that broke them.
  const good = useLabState(({ kept }) => kept.get(name)?.findLast((step) => step < (divergedAt ?? 0) - 1) ?? 0);
  // A report may hold a round more of one lane than of another.
  const behindAt = useLabState(({ curves, step }) => {
    const steps = curves.get(name)?.steps ?? step;
    return steps < step - 1 ? steps : null;
  });
  // To the switch of its shortcuts, since the button goes with what it mends.
  const findSwitch = () =>
    document.querySelector<HTMLElement>(`[data-lane="${CSS.escape(name)}"] button[role="switch"]`);
  useFocusAtChange(findSwitch, divergedAt);
  if (divergedAt !== null) {
    return (
      <>
        <span className={styles.now}>
          {layer === null
            ? say('race.divergedAt', { step: divergedAt })
            : say('race.divergedIn', { step: divergedAt, layer })}
        </span>
        <button
          type="button"
          className="btn mini"
          aria-label={say('race.rewindToGood', { name: printable(name), step: good })}
          onClick={() => lab.rewind(name, good)}
        >
          {say('race.rewindTo', { step: good })}
        </button>
      </>
    );
  }
  return behindAt === null ? null : <span className={styles.now}>{say('race.catchingUp', { step: behindAt })}</span>;
}
