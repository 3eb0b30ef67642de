import * as v from 'valibot';
import { BACKENDS, SIMDS } from '../experiment/device.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperiment } from '../experiment/parse/parse.ts';

/**
 * A record: what trained nets showed, with everything that is needed to train them again. `npm run evidence -- NAME`
 * writes it from `evidence/NAME.json`; the page reads it.
 */
const FORMAT = 'resnet-playground-record';

/** The losses of this many first steps are kept whole, so that `--verify` can compare them to the last bit. */
export const OPENING_STEPS = 200;

const step = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What was not measured, or was not a finite number, is null. */
const measure = v.nullable(v.number());

const sourceSchema = v.object({
  backend: v.picklist(BACKENDS),
  /** "1 thread", or the name of a GPU. */
  adapter: v.string(),
  /** Present for wasm only. */
  simd: v.exactOptional(v.picklist(SIMDS)),
  /** Cores and model of the processor: "2 cores, AMD EPYC". */
  machine: v.string(),
  /** The commits of this repository that trained it, in order. */
  commits: v.array(v.string()),
  /** Time that passed, and time of the processor, in seconds. */
  seconds: v.number(),
  cpuSeconds: v.number(),
});

const netRecordSchema = v.object({
  lane: v.string(),
  seed: v.number(),
  /** Steps that are finished; below the experiment's `until`, the record is partial. */
  steps: step,
  divergedAt: v.nullable(step),
  source: sourceSchema,
  /** The loss of each of the first steps, in nats, whole. */
  opening: v.array(measure),
  /** Means over `every` steps each, in order: the training batches' error in percent, and their loss. */
  curve: v.object({
    every: v.pipe(v.number(), v.integer(), v.minValue(1)),
    trainError: v.array(measure),
    loss: v.array(measure),
  }),
  /** Error on 500 fixed test images during training, in percent, running statistics. */
  tests: v.array(v.object({ step, error: measure })),
  /**
   * At chosen steps: `trb`, error on the 1,000 fixed training images with batch statistics, and `test`, error on all test
   * images with running statistics, in percent.
   */
  measured: v.array(v.object({ step, trb: measure, test: measure })),
  /** Results of probes on the trained net, each as the page has it. */
  probes: v.array(v.looseObject({ name: v.string(), lane: v.string(), step })),
});

const recordSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  name: v.string(),
  experiment: v.pipe(
    v.unknown(),
    v.transform((json): Experiment => parseExperiment(json)),
  ),
  seeds: v.array(v.number()),
  data: v.object({
    /** SHA-256 of the images and labels that the nets saw: training images, their labels, test images, theirs. */
    sha256: v.string(),
    train: v.number(),
    test: v.number(),
    /** Error of always answering the largest class, in percent. */
    majority: v.number(),
  }),
  runs: v.array(netRecordSchema),
});

/** One net of one seed in a record. */
export type NetRecord = v.InferOutput<typeof netRecordSchema>;
/** A record of an experiment over seeds. */
export type EvidenceRecord = v.InferOutput<typeof recordSchema>;

/** The nets of a record that were trained to the end, or as far as their loss was a number. */
export function wholeRuns({ experiment, runs }: Pick<EvidenceRecord, 'experiment' | 'runs'>): EvidenceRecord['runs'] {
  return runs.filter(({ steps, divergedAt }) => steps >= experiment.until || divergedAt !== null);
}

/** Whether every net of every seed has been trained to the end. */
export function isComplete(record: Pick<EvidenceRecord, 'experiment' | 'seeds' | 'runs'>): boolean {
  return wholeRuns(record).length >= record.seeds.length * record.experiment.lanes.length;
}

/** Parses a record. Throws a `ValiError` or an `ExperimentError` where it is malformed. */
export function parseRecord(json: unknown): EvidenceRecord {
  return v.parse(recordSchema, json);
}

/** A record as the JSON file that `parseRecord` reads, one net a line. */
export function recordFile({ runs, ...head }: Omit<EvidenceRecord, 'format' | 'version'>): string {
  const start = JSON.stringify({ format: FORMAT, version: 1, ...head }).slice(0, -1);
  return `${start},"runs":[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]}\n`;
}
