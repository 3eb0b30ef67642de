import { deflateSync, Inflate } from 'fflate';
import * as v from 'valibot';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { ExperimentError, parseExperiment } from '../../core/experiment/parse/parse.ts';
import { withoutDefaults } from '../../core/experiment/parse/without-defaults.ts';
import { sentence } from '../../language/sentence.ts';

/** Changes of consecutive blocks of a lane to one gain at one step: step, index of the lane, first and last block, gain. */
type SurgeryRange = readonly [step: number, lane: number, first: number, last: number, gain: number];

/** More than any experiment's JSON, and more changes than anybody makes; what holds more is refused. */
const MOST_BYTES = 4_000_000;
const MOST_CHANGES = 100_000;

/** Compressed bytes that are inflated at once: they hold at most a thousand times as many. */
const SLICE = 1024;

/** An experiment as text for an address: JSON without defaults and with surgery in ranges, deflated, in base64url. */
export function encodeExperiment(experiment: Experiment): string {
  const { surgery } = experiment;
  const json = JSON.stringify({
    ...withoutDefaults(experiment),
    ...(surgery.length > 0 && { surgery: rangesOf(experiment) }),
  });
  return toBase64Url(deflateSync(new TextEncoder().encode(json), { level: 9 }));
}

/** The experiment of a text. Throws an `ExperimentError` if the text is cut short or damaged. */
export function decodeExperiment(text: string): Experiment {
  const decoded = readJson(inflate(text));
  if (typeof decoded !== 'object' || decoded === null || !('surgery' in decoded)) return parseExperiment(decoded);
  const { surgery, ...rest } = decoded;
  const { lanes } = parseExperiment(rest);
  const ranges = v.safeParse(RANGES, surgery);
  if (!ranges.success) throw damaged();
  const changes = ranges.output.flatMap(([step, at, first, last, gain]) =>
    Array.from({ length: last - first + 1 }, (_, nth) => ({ step, lane: lanes[at]?.name, block: first + nth, gain })),
  );
  return parseExperiment({ ...rest, surgery: changes });
}

/** What a number of a range may be is for `parseExperiment` to say; here only how many changes they are. */
const RANGES = v.pipe(
  v.array(v.tuple([v.number(), v.number(), v.number(), v.number(), v.number()])),
  v.check((ranges) => ranges.reduce((sum, [, , first, last]) => sum + last - first + 1, 0) <= MOST_CHANGES),
  v.check((ranges) => ranges.every(([, , first, last]) => Number.isInteger(last - first) && last >= first)),
);

function damaged(cause?: unknown): ExperimentError {
  return new ExperimentError(sentence('experiment.link.damaged'), { cause });
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged(cause);
  }
}

/** Inflates base64url in slices, so that a small text cannot fill the memory. */
function inflate(text: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let [length, isWhole] = [0, false];
  const inflater = new Inflate((chunk, final) => {
    chunks.push(chunk);
    length += chunk.length;
    isWhole = final;
    if (length > MOST_BYTES) throw damaged();
  });
  try {
    const bytes = fromBase64Url(text);
    for (let at = 0; at < bytes.length; at += SLICE) {
      inflater.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    }
  } catch (cause) {
    throw damaged(cause);
  }
  if (!isWhole) throw damaged();
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

/** Throws a `DOMException` at what is no base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

export function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Joins neighbours in the list only, so that the order of the changes stays. */
function rangesOf({ surgery, lanes }: Experiment): readonly SurgeryRange[] {
  const index = new Map(lanes.map(({ name }, at) => [name, at]));
  const ranges: SurgeryRange[] = [];
  for (const { step, lane, block, gain } of surgery) {
    const at = index.get(lane) ?? -1;
    const last = ranges.at(-1);
    const joins = last?.[0] === step && last[1] === at && last[3] === block - 1 && last[4] === gain;
    if (joins) ranges[ranges.length - 1] = [step, at, last[2], block, gain];
    else ranges.push([step, at, block, block, gain]);
  }
  return ranges;
}
