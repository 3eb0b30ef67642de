import { WASM_FILES } from '../../src/engine/device/wasm-files.ts';
import type { WorkerScope } from '../../src/workers/liveness.ts';
import { serve as serveCalls } from '../../src/workers/rpc.ts';
import type { ShardApi } from '../../src/workers/training/shards/api.ts';
import { Shard } from '../../src/workers/training/shards/shard.ts';
import { type Request, serve } from '../implementations/serve.ts';
import { SHARD } from '../race-task.ts';

const listenTo = (listen: (event: never) => void): { handleEvent(event: Event): void } => ({ handleEvent: listen });

if (self.name === SHARD) {
  const scope: WorkerScope = {
    postMessage: (message, transfer) => self.postMessage(message, { transfer }),
    addEventListener: (type: string, listen: (event: never) => void) => self.addEventListener(type, listenTo(listen)),
  };
  serveCalls<ShardApi>(scope, () => new Shard(null, { wasmPaths: WASM_FILES }));
} else {
  const answer = serve(WASM_FILES);
  self.onmessage = async ({ data }: MessageEvent<Request>) => self.postMessage(await answer(data));
}
