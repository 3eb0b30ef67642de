import { BACKENDS, type BackendChoice } from '../../core/experiment/device.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { ExperimentError, findPreset, notOneOf, parseExperiment } from '../../core/experiment/parse/parse.ts';
import { DEFAULT_PRESET, PRESETS } from '../../core/experiment/presets.ts';
import { quote } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import type { RaceSetup } from '../lab/state.ts';
import { decodeExperiment, encodeExperiment } from './link-code.ts';

/** Versions of an experiment in an address: 1, or none, is JSON in `experiment`; 2 is compressed in `x`. */
const VERSIONS = ['1', '2'] as const;

/**
 * Reads `?preset=twins`, `?backend=wasm` and `#v=2&x=...` or `#v=1&experiment={...}`, which go before the preset. Throws
 * an `ExperimentError` that says what in the link is wrong.
 */
export function readLink(address: URL): RaceSetup {
  const hash = new URLSearchParams(address.hash.slice(1));
  const [json, code] = [hash.get('experiment'), hash.get('x')];
  const version = hash.get('v') ?? '1';
  if ((json ?? code) !== null && !VERSIONS.some((known) => known === version)) {
    const versions = { version: quote(version), newest: VERSIONS.at(-1) ?? '' };
    throw new ExperimentError(sentence('experiment.link.version', versions));
  }
  if (!hasExperiment(address) && isOfExperiment(address.hash)) {
    throw new ExperimentError(sentence('experiment.link.cut'));
  }
  const preset = address.searchParams.get('preset');
  const backend = readBackend(address.searchParams.get('backend'));
  if (code !== null) return { experiment: decodeExperiment(code), backend };
  if (json !== null) return { experiment: parseExperiment(readJson(json)), backend };
  return { experiment: PRESETS[preset === null ? DEFAULT_PRESET : findPreset(preset)], backend };
}

/** Whether what stands behind the # means an experiment: it has fields, or the beginning of one. An anchor has not. */
export function isOfExperiment(hash: string): boolean {
  const fields = hash.slice(1).replace(/:~:.*$/, '');
  // A link that was copied through two programs may be encoded twice.
  return /[=&]|%(3d|26|7b)/i.test(fields) || /^(v|x|ex(p(e(r(i(m(e(n(t)?)?)?)?)?)?)?)?)$/i.test(fields);
}

/** Whether an address has an experiment written out in it. */
export function hasExperiment(address: URL): boolean {
  const hash = new URLSearchParams(address.hash.slice(1));
  return hash.has('x') || hash.has('experiment');
}

/**
 * The address that opens this experiment, surgery included, on the page at `page`; without a chapter of the lesson, which
 * would have a race of its own.
 */
export function writeLink(page: URL, experiment: Experiment): URL {
  const address = new URL(page);
  for (const other of ['preset', 'chapter', 'lesson']) address.searchParams.delete(other);
  address.hash = `v=2&x=${encodeExperiment(experiment)}`;
  return address;
}

/** The backend that the address asks for. Throws an `ExperimentError` where it knows none of that name. */
function readBackend(name: string | null): BackendChoice {
  const known = [...BACKENDS, 'auto' as const].find((backend) => backend === (name ?? 'auto'));
  if (known === undefined) throw notOneOf('backend', name, [...BACKENDS, 'auto'].join(', '));
  return known;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExperimentError(sentence('experiment.link.notJson'), { cause });
  }
}
