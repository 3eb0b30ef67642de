import { WASM_FILES } from '../engine/device/wasm-files.ts';
import { Datasets } from '../store/datasets.ts';
import { failureOf } from './failure.ts';
import type { Finding, FromWorker, Question, ToWorker } from './protocol.ts';
import { Session } from './session.ts';

const post = (message: FromWorker) => self.postMessage(message);

/** The page names the worker after the folder of its data files: the worker's own address says nothing of it. */
const dataFolder = self.name;

async function readFile(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(name, dataFolder));
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const datasets = new Datasets();

const session = new Session({
  tell: (report) => post({ kind: 'report', report }),
  read: readFile,
  kept: (hash) => datasets.read(hash),
  wasmPaths: WASM_FILES,
});

async function answer(id: number, question: Question): Promise<Finding> {
  if (question.about === 'weights') return { about: 'weights', file: await session.weights(question.lane) };
  if (question.about === 'image') return { about: 'image', told: await session.classify(question.picture) };
  return session.find(id, question, (finding) => post({ kind: 'part', id, finding }));
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  const { id } = data;
  const failed = (error: unknown) => post({ kind: 'failed', id, failure: failureOf(error) });
  if ('command' in data) session.do(data.command).then(() => post({ kind: 'done', id }), failed);
  else if ('question' in data) {
    answer(id, data.question).then((finding) => post({ kind: 'found', id, finding }), failed);
  } else session.withdraw(id);
};
