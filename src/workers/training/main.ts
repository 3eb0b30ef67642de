import type { Report } from '../../core/results/report.ts';
import { WASM_FILES } from '../../engine/device/wasm-files.ts';
import { type Phrase, SaidError, sentence } from '../../language/sentence.ts';
import { DatasetStore } from '../../store/datasets.ts';
import { serve } from '../rpc.ts';
import { supervise, workerFrom } from '../supervisor.ts';
import type { TrainingApi } from './api.ts';
import { receiveFiles } from './early-files.ts';
import { Session } from './session.ts';
import type { ShardApi } from './shards/api.ts';
import { Shard } from './shards/shard.ts';

/** Name of the workers that train some lanes of a race. */
const SHARD = 'shard';

/** The page names the worker after the folder of its data files: the worker's own address says nothing of it. */
const early = receiveFiles(self, self.name);

async function readFile(name: string): Promise<Uint8Array> {
  const sent = await early.take(name);
  if (sent !== null) return new Uint8Array(sent);
  const response = await fetch(new URL(name, early.folder));
  if (!response.ok) throw new SaidError(sentence('data.download.answers', { status: response.status }));
  return new Uint8Array(await response.arrayBuffer());
}

const datasets = new DatasetStore();

if (self.name === SHARD) serve<ShardApi>(self, () => new Shard(null, { wasmPaths: WASM_FILES }));
else {
  serve<TrainingApi, Report>(self, (emit) => {
    const kept = (hash: string) => datasets.read(hash);
    return new Session({ emit, read: readFile, kept, wasmPaths: WASM_FILES, startShard });
  });
}

/** The worker of a shard runs the same script, which the browser has. */
function startShard(onEnd: (reason: Phrase) => void) {
  return supervise<ShardApi>({
    create: workerFrom(self.location.href, SHARD),
    subject: sentence('errors.worker.training'),
    advice: sentence('errors.worker.tryAgain'),
    onEnd: ({ reason }) => onEnd(reason),
  });
}
