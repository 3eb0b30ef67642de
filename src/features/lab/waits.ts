import type { StoreApi } from 'zustand/vanilla';
import type { LabState } from './state.ts';

/** When an action takes effect while a race is being opened. */
export interface Waits {
  /** Changes nets at once or, while the first race or an edit of the present one is being opened, when that stands. */
  changeNets<Result>(change: () => Promise<Result>): Promise<Result>;
  /** Trains at once or, unless that is withdrawn, when the race that is being opened stands. */
  train(act: () => Promise<void>): Promise<void>;
  /** Withdraws training that still waits for a race. */
  withdraw(): void;
}

/** `settled` resolves when a race that is being opened is open or was refused. */
export function createWaits(
  { getState, subscribe }: Pick<StoreApi<LabState>, 'getState' | 'subscribe'>,
  settled: () => Promise<void>,
): Waits {
  /** Counts what withdraws training: a pause, and another race that is asked for. */
  let withdrawals = 0;
  subscribe((now, before) => {
    if (isAskedFor(now, before)) withdrawals += 1;
  });
  /** Acts at once, or when the race that is being opened stands or was refused: until then the state is another race's. */
  const atRest = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    while (getState().opening !== null) await settled();
    return act();
  };

  return {
    changeNets: (change) => {
      const { data, opening } = getState();
      // While another race is being opened, the change belongs to the one that it replaces.
      return data === null || opening?.isEdit === true ? atRest(change) : change();
    },
    train: (act) => {
      const asked = withdrawals;
      return atRest(async () => {
        if (withdrawals === asked) await act();
      });
    },
    withdraw: () => {
      withdrawals += 1;
    },
  };
}

/** Whether a race was asked for by this change of the state. */
export function isAskedFor({ opening }: Pick<LabState, 'opening'>, before: Pick<LabState, 'opening'>): boolean {
  return (opening?.requests ?? 0) > (before.opening?.requests ?? 0);
}
