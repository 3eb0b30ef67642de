import type { Client, RequestOf } from '../../rpc.ts';
import type { ShardApi } from './api.ts';

type Method = keyof ShardApi;
type Request<M extends Method> = RequestOf<ShardApi, M>;

/** A shard in a worker of its own. Values of new lanes are transferred to it. */
export class RemoteShard implements ShardApi {
  readonly #worker: Client<ShardApi>;
  readonly #pending = new Set<Promise<unknown>>();

  constructor(worker: Client<ShardApi>) {
    this.#worker = worker;
  }

  /** Resolves when no call is without an answer. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  readonly #call: Client<ShardApi>['call'] = (method, ...args) => {
    const answer = this.#worker.call(method, ...args);
    this.#pending.add(answer);
    const settle = () => this.#pending.delete(answer);
    answer.then(settle, settle);
    return answer;
  };

  readonly open = (request: Request<'open'>) => this.#call('open', request);
  readonly setThreads = (request: Request<'setThreads'>) => this.#call('setThreads', request);
  readonly add = (request: Request<'add'>) => {
    const buffers = new Set<ArrayBuffer>();
    for (const { buffer } of request.snapshot?.values.values() ?? []) {
      if (buffer instanceof ArrayBuffer) buffers.add(buffer);
    }
    return this.#call('add', request, { transfer: [...buffers] });
  };
  readonly remove = (request: Request<'remove'>) => this.#call('remove', request);
  readonly round = (request: Request<'round'>) => this.#call('round', request);
  readonly answerBatch = (request: Request<'answerBatch'>) => this.#call('answerBatch', request);
  readonly report = () => this.#call('report');
  readonly slowRound = (request: Request<'slowRound'>) => this.#call('slowRound', request);
  readonly setGains = (request: Request<'setGains'>) => this.#call('setGains', request);
  readonly branched = (request: Request<'branched'>) => this.#call('branched', request);
  readonly rewind = (request: Request<'rewind'>) => this.#call('rewind', request);
  readonly snapshot = () => this.#call('snapshot', undefined);
  readonly laneSnapshot = (request: Request<'laneSnapshot'>) => this.#call('laneSnapshot', request);
  readonly classify = (request: Request<'classify'>) => this.#call('classify', request);
  readonly weights = (request: Request<'weights'>) => this.#call('weights', request);
  readonly diagnose: ShardApi['diagnose'] = (request, { signal, onProgress }) =>
    this.#call('diagnose', request, { signal, onProgress });
  readonly lesion: ShardApi['lesion'] = (request, { signal, onProgress }) =>
    this.#call('lesion', request, { signal, onProgress });
  readonly probe: ShardApi['probe'] = (request, { signal, onProgress }) =>
    this.#call('probe', request, { signal, onProgress });
  readonly proceed = () => this.#call('proceed');
  readonly close = () => this.#call('close');
}
