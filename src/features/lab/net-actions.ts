import type { StoreApi } from 'zustand/vanilla';
import { hexOf } from '../../core/bytes.ts';
import type { BranchKind } from '../../core/experiment/branch-off.ts';
import { type LaneSpec, tellingName, uniqueName, type WeightsFile } from '../../core/experiment/experiment.ts';
import { branchStep, haveSameShape, phaseAt } from '../../core/experiment/lineage.ts';
import { type BlockGain, sortedByStep } from '../../core/experiment/surgery.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { cutName } from '../../core/quote.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { Client } from '../../workers/rpc.ts';
import type { TrainingApi } from '../../workers/training/api.ts';
import type { Handled, Unhandled } from './handled.ts';
import { begunOf, gainsNow } from './lane-now.ts';
import type { Restart } from './restart.ts';
import type { LabState } from './state.ts';
import type { Waits } from './waits.ts';

/** The actions of the lab that change the nets of the race. */
export interface NetActions {
  /** Sets the gain of one block, counted from 1. */
  setGain(lane: string, block: number, gain: number): Handled;
  /** Sets the gain of these blocks once the lane has made `from` steps; now where it has. */
  scheduleGain(lane: string, blocks: readonly number[], gain: number, from: number): Handled;
  /** Sets the gain of all blocks of a lane, or each to its own. */
  setGains(lane: string, gain: number | readonly number[]): Handled;
  addNet(net: NetSpec): Handled;
  duplicate(lane: string): Handled;
  remove(lane: string): Handled;
  /** Branches a lane off: adds a copy of it, or a net that goes on from it, and resolves with the name of that. */
  branch(lane: string, kind?: BranchKind): Handled<string>;
  /** Adds a lane with the net of `lane`'s last phase, starting from the weights of a file, with the gains that it tells. */
  loadWeights(lane: string, file: string, bytes: Uint8Array<ArrayBuffer>): Handled;
}

/** `provide` transfers a file to the training worker. */
export function createNetActions(
  { getState, setState }: StoreApi<LabState>,
  client: Pick<Client<TrainingApi>, 'call'>,
  { once, untilDone }: Pick<Restart, 'once' | 'untilDone'>,
  { changeNets }: Pick<Waits, 'changeNets'>,
  provide: (hash: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
): Unhandled<NetActions> {
  /** Changes a lane of the race that stands then; does nothing where that has none of this name: Undo may bring back other nets. */
  const changeLane = <Result>(lane: string, change: (spec: LaneSpec) => Promise<Result>): Promise<Result | undefined> =>
    changeNets(async () => {
      const spec = getState().experiment.lanes.find(({ name }) => name === lane);
      return spec && change(spec);
    });

  /** Sets the gains that `changesOf` gives of the state. They are pending meanwhile. */
  const gains = (lane: string, changesOf: () => readonly BlockGain[]): Promise<void> => {
    const toPending = (): readonly BlockGain[] => {
      const changes = changesOf();
      const others = getState().pending.filter(
        ({ lane: name, block }) => !(name === lane && changes.some((each) => each.block === block)),
      );
      setState({ pending: [...others, ...changes.map((each) => ({ lane, ...each }))] });
      return changes;
    };
    toPending();
    return changeLane(lane, () => {
      // Of a race that was opened meanwhile nothing is pending yet.
      const changes = toPending();
      return untilDone(() => client.call('setGains', { lane, gains: changes }));
    });
  };

  const addNet = (net: NetSpec, start?: WeightsFile) => {
    const { experiment, joining } = getState();
    const name = uniqueName(net, [...experiment.lanes.map((lane) => lane.name), ...joining], tellingName(net));
    setState({ joining: [...joining, name] });
    const lane = { name, net, ...(start && { start }) };
    return changeNets(() => once(() => client.call('addLane', { lane }))).finally(() =>
      setState((state) => ({ joining: state.joining.filter((each) => each !== name) })),
    );
  };
  const remove = async (lane: string) => {
    const { leaving } = getState();
    if (leaving.includes(lane)) return;
    setState({ leaving: [...leaving, lane] });
    await changeLane(lane, () => once(() => client.call('removeLane', { lane }))).finally(() =>
      setState((state) => ({ leaving: state.leaving.filter((each) => each !== lane) })),
    );
  };

  const branch = async (lane: string, kind: BranchKind): Promise<string> => {
    const { experiment, race } = getState();
    const before = new Set(experiment.lanes.map(({ name }) => name));
    await once(() => client.call('branch', { lane, kind }));
    const made = getState().experiment.lanes.findLast(({ name }) => !before.has(name));
    if (made === undefined || getState().race !== race) return lane;
    // What was planned for the parent until here happened to the branch, too.
    const shared = getState().plan.filter((each) => each.lane === lane && each.step < branchStep(made));
    setState(({ plan }) => ({
      plan: sortedByStep([...plan, ...shared.map((each) => ({ ...each, lane: made.name }))]),
    }));
    return made.name;
  };

  return {
    setGain: (lane, block, gain) => gains(lane, () => [{ block, gain }]),
    scheduleGain: (lane, blocks, gain, from) =>
      changeLane(lane, () => {
        const changes = blocks.map((block) => ({ block, gain }));
        const begun = begunOf(getState(), lane);
        // What lies ahead is not pending: nothing is about to change.
        return from > begun
          ? untilDone(() => client.call('setGains', { lane, gains: changes, from }))
          : gains(lane, () => changes);
      }),
    setGains: (lane, gain) =>
      gains(lane, () =>
        gainsNow(getState(), lane).flatMap((now, index) => {
          const next = typeof gain === 'number' ? gain : (gain[index] ?? now);
          return next === now ? [] : [{ block: index + 1, gain: next }];
        }),
      ),
    addNet: (net) => addNet(net),
    duplicate: (lane) =>
      changeLane(lane, (spec) => {
        const { net, start } = spec;
        // One that has grown or been folded is no longer of the shape of its file.
        return addNet(net, haveSameShape(phaseAt(spec, 0).net, net) ? start : undefined);
      }),
    remove,
    branch: async (lane, kind = 'copy') => (await changeLane(lane, () => branch(lane, kind))) ?? lane,
    loadWeights: async (lane, file, bytes) => {
      const hash = await sha256(bytes);
      await provide(hash, bytes);
      const gains = await untilDone(() => client.call('savedGains', { hash }));
      await changeLane(lane, ({ net }) => {
        // The weights were trained for the shortcuts that the net had when they were saved.
        const saved = gains?.length === net.gains.length ? { ...net, gains } : net;
        return addNet(saved, { file: cutName(file), hash });
      });
    },
  };
}

class InsecurePageError extends SaidError {
  override readonly name = 'InsecurePageError';
}

/** In hexadecimal. Throws an `InsecurePageError` where the browser does not compute it. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (crypto.subtle === undefined) {
    throw new InsecurePageError(sentence('experiment.weights.insecure'));
  }
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
