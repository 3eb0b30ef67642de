/**
 * Makes and verifies the records of `evidence/`. `npm run evidence -- NAME` trains what `evidence/NAME.json` describes and
 * writes `evidence/records/NAME.json` after every 500 steps of a net; called again, it goes on, with the nets that no record
 * has whole. `--verify [NAME ...]` trains the first steps again and compares. `--docs` writes what the records show
 * into `docs/evidence.md`, as making one does. The options are described there.
 */
import '../src/language/speak-english.ts';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { quote } from '../src/core/quote.ts';
import { isComplete, recordFile } from '../src/core/results/evidence.ts';
import { startDevice } from '../src/engine/device/device.ts';
import { writeAtomically } from './data/files.ts';
import { startDawn } from './dawn.ts';
import { runChildren } from './evidence/children.ts';
import { datasetOf, packOnce } from './evidence/data.ts';
import { EVIDENCE, keyOf, readDefinition, tasksOf } from './evidence/definition.ts';
import { writeDocs } from './evidence/docs.ts';
import { readState, recordOf } from './evidence/net-state.ts';
import { chosenRun, isDone, readRecord, recordedRuns, recordNames, recordPath } from './evidence/recorded.ts';
import { verify } from './evidence/verify.ts';
import { LabError } from './lab/error.ts';
import { BACKEND_CHOICES } from './lab/jobs.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '1' },
    state: { type: 'string', default: join(EVIDENCE, '.state') },
    data: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    until: { type: 'string' },
    verify: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
  },
});
const backend = v.parse(v.picklist(BACKEND_CHOICES), values.backend);
const folder = values.state;

/** The number that an option gives. Throws a `LabError` where it is no whole number, or less than `least`. */
function whole(option: string, text: string, least: number): number {
  if (!/^\d+$/.test(text) || Number(text) < least)
    throw new LabError(`--${option}: ${quote(text)} is not a whole number from ${least} on`);
  return Number(text);
}

async function make(name: string, jobs: number, most: number): Promise<void> {
  const definition = await readDefinition(name);
  const { experiment, seeds, sha256 } = definition;
  await packOnce(experiment.data, values.data, folder);
  const until = Math.min(experiment.until, most);
  const recorded = await recordedRuns();
  const tasks = tasksOf(definition).map((task) => {
    const key = keyOf(task, sha256);
    return { ...task, file: join(folder, key), recorded: recorded.get(key) ?? [] };
  });

  const write = async () => {
    const chosen = await Promise.all(
      tasks.map(async ({ lane, seed, file, recorded }) => {
        const state = await readState(file);
        const trained = state === null ? [] : [{ run: recordOf(lane, seed, state), data: state.data }];
        return chosenRun([...trained, ...recorded], definition);
      }),
    );
    const begun = chosen.filter((each) => each !== undefined);
    const [first] = begun;
    if (first === undefined) return;
    const record = { name, experiment, seeds, data: first.data, runs: begun.map(({ run }) => run) };
    if (isComplete(record)) console.log(`${name}: every net is trained to the end`);
    await mkdir(dirname(recordPath(name)), { recursive: true });
    await writeAtomically(recordPath(name), recordFile(record));
  };
  let writing = Promise.resolve();
  const orders = tasks.flatMap(({ file, recorded }, task) =>
    recorded.some(({ run }) => isDone(run, definition, until)) ? [] : [{ name, task, file, folder, backend, until }],
  );
  // With `--jobs 0`, the record is written of what is recorded and of the states that there are.
  await runChildren(orders, jobs, async ({ task }, step) => {
    console.log(`${new Date().toISOString()} ${name} seed ${tasks[task]?.seed} ${tasks[task]?.lane}: step ${step}`);
    // One after the other: several nets may be saved at once.
    writing = writing.then(write);
    await writing;
  });
  await writing.then(write);
  await writeDocs();
}

/** Returns whether every net was as recorded. */
async function verifyRecord(name: string, most: number): Promise<boolean> {
  const record = await readRecord(name);
  if (record === null) throw new LabError(`${name}: there is no record to verify`);
  await packOnce(record.experiment.data, values.data, folder);
  const dataset = await datasetOf(record.experiment.data, folder);
  if (backend === 'webgpu') await startDawn();
  let isReproduced = true;
  for await (const verdict of verify(record, dataset, await startDevice(backend), most)) {
    const { lane, seed, steps, result, firstDifference } = verdict;
    const where = firstDifference === null ? '' : `, first at step ${firstDifference}`;
    console.log(`${name}\tseed ${seed}\t${lane}\t${steps} steps\t${result}${where}`);
    isReproduced &&= result !== 'different';
  }
  return isReproduced;
}

try {
  const jobs = whole('jobs', values.jobs, 0);
  const most = values.until === undefined ? Number.POSITIVE_INFINITY : whole('until', values.until, 1);
  if (values.verify) {
    const names = positionals.length > 0 ? positionals : await recordNames();
    for (const name of names) if (!(await verifyRecord(name, most))) process.exitCode = 1;
  } else for (const name of positionals) await make(name, jobs, most);
  if (values.docs) await writeDocs();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`evidence: ${error.message}`);
  process.exitCode = 2;
}
