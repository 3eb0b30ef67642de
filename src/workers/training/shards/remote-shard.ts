import type { Client, RequestOf } from '../../rpc.ts';
import type { ShardApi } from './api.ts';

type Method = keyof ShardApi;
type Request<M extends Method> = RequestOf<ShardApi, M>;

/** A shard in a worker of its own. Values of new lanes are transferred to it. */
export class RemoteShard implements ShardApi {
  readonly #worker: Client<ShardApi>;

  constructor(worker: Client<ShardApi>) {
    this.#worker = worker;
  }

  readonly open = (request: Request<'open'>) => this.#worker.call('open', request);
  readonly setThreads = (request: Request<'setThreads'>) => this.#worker.call('setThreads', request);
  readonly add = (request: Request<'add'>) => {
    const buffers = new Set<ArrayBuffer>();
    for (const { buffer } of request.snapshot?.values.values() ?? []) {
      if (buffer instanceof ArrayBuffer) buffers.add(buffer);
    }
    return this.#worker.call('add', request, { transfer: [...buffers] });
  };
  readonly remove = (request: Request<'remove'>) => this.#worker.call('remove', request);
  readonly round = (request: Request<'round'>) => this.#worker.call('round', request);
  readonly answerBatch = (request: Request<'answerBatch'>) => this.#worker.call('answerBatch', request);
  readonly report = () => this.#worker.call('report');
  readonly slowRound = (request: Request<'slowRound'>) => this.#worker.call('slowRound', request);
  readonly setGains = (request: Request<'setGains'>) => this.#worker.call('setGains', request);
  readonly branched = (request: Request<'branched'>) => this.#worker.call('branched', request);
  readonly rewind = (request: Request<'rewind'>) => this.#worker.call('rewind', request);
  readonly diagnose = (request: Request<'diagnose'>) => this.#worker.call('diagnose', request);
  readonly snapshot = () => this.#worker.call('snapshot', undefined);
  readonly laneSnapshot = (request: Request<'laneSnapshot'>) => this.#worker.call('laneSnapshot', request);
  readonly classify = (request: Request<'classify'>) => this.#worker.call('classify', request);
  readonly weights = (request: Request<'weights'>) => this.#worker.call('weights', request);
  readonly lesion: ShardApi['lesion'] = (request, { signal, onProgress }) =>
    this.#worker.call('lesion', request, { signal, onProgress });
  readonly probe: ShardApi['probe'] = (request, { signal, onProgress }) =>
    this.#worker.call('probe', request, { signal, onProgress });
  readonly proceed = () => this.#worker.call('proceed');
  readonly close = () => this.#worker.call('close');
}
