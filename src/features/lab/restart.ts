import type { StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../../core/experiment/experiment.ts';
import type { Report } from '../../core/results/report.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import { type Client, failureOf } from '../../workers/rpc.ts';
import { WorkerError } from '../../workers/supervisor.ts';
import type { TrainingApi } from '../../workers/training/api.ts';
import { receive, restored } from './receive.ts';
import { type LabState, newestSnapshot } from './state.ts';

const MINUTE = 60_000;
const MOST_RESTARTS = 3;

export interface Restart {
  onReport(report: Report): void;
  onEnd(end: WorkerEnd, error: WorkerError): void;
  /** Keeps bytes that were transferred to the worker, for the next worker. */
  transferred(hash: string, bytes: Uint8Array<ArrayBuffer>): void;
  /** Forgets these bytes. */
  withdrawn(hash: string): void;
  /** Calls the worker once the race is open. Rejects with a `WorkerError` if the worker ends meanwhile. */
  once<T>(call: () => Promise<T>): Promise<T>;
  /** Like `once`, but repeats the call on the next worker: for idempotent calls. */
  untilDone<T>(call: () => Promise<T>): Promise<T>;
}

/**
 * When the training worker ends, opens the race in the next one from the newest snapshot. Gives up after the third end
 * within a minute.
 */
export function createRestart({ getState, setState }: StoreApi<LabState>, client: () => Client<TrainingApi>): Restart {
  const transferred = new Map<string, Blob>();
  let ends: readonly number[] = [];
  /** The state before the worker's end, while the race is being reopened; else null. */
  let lost: { readonly end: WorkerEnd; readonly before: LabState; readonly from: RaceSnapshot } | null = null;
  let restoring: Promise<void> | null = null;
  /** Whether the next worker begins with nothing: it was given up to start one for the race. */
  let isBare = false;
  let givenUp: { readonly error: WorkerError; readonly sentence: Error } | null = null;

  const giveUp = (error: Error) => setState((state) => receive(state, { type: 'broken', failure: failureOf(error) }));

  /** Gives a new worker what the one before had besides its race. */
  const equip = async ({ maxRoundsPerSecond, dutyCycle }: LabState): Promise<void> => {
    for (const [hash, blob] of transferred) {
      await client().call('provide', { hash, bytes: new Uint8Array(await blob.arrayBuffer()) });
    }
    if (maxRoundsPerSecond !== null) await client().call('setMaxRoundsPerSecond', { maxRoundsPerSecond });
    if (dutyCycle < 1) await client().call('setDutyCycle', { dutyCycle });
  };

  const restore = async (loss: NonNullable<typeof lost>): Promise<void> => {
    const { before, from } = loss;
    const { experiment, backend } = before;
    try {
      await equip(before);
      if (before.open) await client().call('open', { experiment, backend, from });
    } catch (error) {
      // After another end of the worker the next restart is under way.
      if (error instanceof WorkerError) return;
      giveUp(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      if (lost === loss) lost = null;
    }
  };

  /** What is under way before the worker can be called; what waits for it is rejected with it. */
  const wait = (equipped: Promise<void>) => {
    const waiting = equipped.finally(() => {
      if (restoring === waiting) restoring = null;
    });
    waiting.catch(() => {});
    restoring = waiting;
  };

  const once = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isBare) {
      isBare = false;
      wait(
        equip(getState()).catch((error: unknown) => {
          isBare = true;
          throw error;
        }),
      );
    }
    while (restoring !== null) await restoring;
    return call();
  };

  return {
    onReport: (report) =>
      setState((state) => {
        if (lost === null || report.type !== 'opened') return receive(state, report);
        return restored(state, report, { ...lost, steps: stepsOf(report.experiment, lost.from) });
      }),
    onEnd: (end, error) => {
      const now = performance.now();
      ends = [...ends.filter((time) => now - time < MINUTE), now];
      if (end.how === 'unloadable' || ends.length > MOST_RESTARTS) {
        const sentence = end.how === 'unloadable' ? error : new EndedAgainError(ends.length);
        [ends, lost, restoring, givenUp, isBare] = [[], null, null, { error, sentence }, true];
        giveUp(sentence);
        return;
      }
      const before = lost?.before ?? getState();
      lost = { end, before, from: newestSnapshot(before) ?? new Map() };
      wait(restore(lost));
    },
    transferred: (hash, bytes) => transferred.set(hash, new Blob([bytes])),
    withdrawn: (hash) => transferred.delete(hash),
    once,
    untilDone: async (call) => {
      for (;;) {
        try {
          return await once(call);
        } catch (error) {
          if (!(error instanceof WorkerError)) throw error;
          if (givenUp?.error === error) throw givenUp.sentence;
        }
      }
    },
  };
}

/** The steps of each lane that are in the snapshot. */
function stepsOf({ lanes }: Experiment, snapshot: RaceSnapshot): ReadonlyMap<string, number> {
  return new Map(lanes.map(({ name }) => [name, snapshot.get(name)?.steps ?? 0]));
}

class EndedAgainError extends SaidError {
  override readonly name = 'WorkerError';

  constructor(times: number) {
    super(sentence('errors.worker.endedOften', { times }));
  }
}
