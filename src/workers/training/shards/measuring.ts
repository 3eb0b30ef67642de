import type { MeasurementHooks } from '../../../engine/insight/measurement.ts';
import type { Call } from '../../rpc.ts';
import type { MeasurementProgress, ShardApi } from './api.ts';

/** A call that nothing withdraws; the coordinator reads the answers of its own shard as they are. */
export const PLAIN: Call = { signal: new AbortController().signal, onProgress: () => {}, transfer: () => {} };

/** A call that has a shard's measurement wait for its turns, and go on. */
export function measuring<Result>(
  shard: ShardApi,
  { turn, onPart }: MeasurementHooks<Result>,
): Call<MeasurementProgress<Result>> {
  const controller = new AbortController();
  const onProgress = (told: MeasurementProgress<Result>) => {
    if (told.type === 'part') return onPart(told.part);
    // Where the shard cannot be told, the measurement's own call says why.
    turn()
      .then(
        () => shard.proceed(),
        () => controller.abort(),
      )
      .catch(() => {});
  };
  return { ...PLAIN, signal: controller.signal, onProgress };
}
