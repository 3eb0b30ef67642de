/**
 * Makes and verifies the records of `evidence/`. `npm run evidence -- NAME` trains what `evidence/NAME.json` describes and
 * writes `evidence/records/NAME.json` after every 500 steps of a net; called again, it goes on, with the nets that no record
 * has whole. `--verify [NAME ...]` trains the first steps again and compares. `--docs` writes what the records show
 * into `docs/evidence.md`, as making one does. The options are described there.
 */
import '../src/language/speak-english.ts';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isComplete, recordFile } from '../src/core/results/evidence.ts';
import { writeAtomically } from './data/files.ts';
import { runChildren } from './evidence/children.ts';
import { presentCommit } from './evidence/commit.ts';
import { datasetOf, MissingImagesError, packOnce } from './evidence/data.ts';
import { type Definition, keyOf, readDefinition, tasksOf } from './evidence/definition.ts';
import { writeDocs } from './evidence/docs.ts';
import { readState, recordOf } from './evidence/net-state.ts';
import { type EvidenceOptions, parseEvidenceOptions } from './evidence/options.ts';
import { chosenRun, isDone, readRecord, recordedRuns, recordNames, recordPath } from './evidence/recorded.ts';
import { verify } from './evidence/verify.ts';
import { LabError } from './lab/error.ts';
import { isExpected } from './lab/expected.ts';
import { startNodeDevice } from './node-device.ts';

type Options = EvidenceOptions['options'];

async function make(
  name: string,
  definition: Definition,
  { jobs, until: most, state: folder, data, backend }: Options,
): Promise<void> {
  const { experiment, seeds, sha256 } = definition;
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
  if (orders.length > 0 && jobs > 0) {
    await packOnce(experiment.data, data, folder);
    // Each net names the commit that it is trained by; where git says none, that is told before.
    presentCommit();
  }
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

async function run({ options, names }: EvidenceOptions): Promise<void> {
  if (options.verify) {
    for (const name of names.length > 0 ? names : await recordNames()) {
      const isVerified = await verifyRecord(name, options).catch((error: unknown) => {
        // Who asked for no record by name asked for those whose images are here.
        if (names.length > 0 || !(error instanceof MissingImagesError)) throw error;
        console.log(`${name}\tnot verified: ${error.message}`);
        return true;
      });
      if (!isVerified) process.exitCode = 1;
    }
  } else {
    // A name that is wrong is told before hours of training.
    const definitions = await Promise.all(names.map(async (name) => [name, await readDefinition(name)] as const));
    for (const [name, definition] of definitions) await make(name, definition, options);
  }
  if (options.docs) await writeDocs();
}

/** Returns whether every net was as recorded. */
async function verifyRecord(name: string, { until, state: folder, data, backend }: Options): Promise<boolean> {
  const record = await readRecord(name);
  if (record === null) throw new LabError(`${name}: there is no record to verify`);
  await packOnce(record.experiment.data, data, folder);
  const dataset = await datasetOf(record.experiment.data, folder);
  let isReproduced = true;
  for await (const verdict of verify(record, dataset, await startNodeDevice(backend), until)) {
    const { lane, seed, steps, result, firstDifference } = verdict;
    const where = firstDifference === null ? '' : `, first at step ${firstDifference}`;
    console.log(`${name}\tseed ${seed}\t${lane}\t${steps} steps\t${result}${where}`);
    isReproduced &&= result !== 'different';
  }
  return isReproduced;
}

try {
  const parsed = parseEvidenceOptions(process.argv.slice(2));
  if (parsed !== null) await run(parsed);
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(`evidence: ${error.message}`);
  process.exitCode = 2;
}
// Dawn would keep the process alive.
process.exit();
