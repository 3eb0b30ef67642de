import { BACKENDS, type BackendChoice } from '../../core/experiment/device.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { ExperimentError, findPreset, parseExperiment } from '../../core/experiment/parse/parse.ts';
import { withoutDefaults } from '../../core/experiment/parse/without-defaults.ts';
import { DEFAULT_PRESET, PRESETS } from '../../core/experiment/presets.ts';
import { quote } from '../../core/quote.ts';

/** Version of the experiment's format in an address; an address without one is of this version. */
const VERSION = '1';

/** What the page's address asks for. */
export interface Link {
  readonly experiment: Experiment;
  readonly backend: BackendChoice;
}

/**
 * Reads `?preset=twins`, `?backend=wasm` and `#v=1&experiment={...}`, which goes before the preset. Throws an
 * `ExperimentError` that says what in the link is wrong.
 */
export function readLink(address: URL): Link {
  const hash = new URLSearchParams(address.hash.slice(1));
  const written = hash.get('experiment');
  const version = hash.get('v') ?? VERSION;
  if (written !== null && version !== VERSION) {
    const is = `it is of version ${quote(version)}, and this page reads version ${VERSION}`;
    throw new ExperimentError(`link: ${is}; open it on the page that it was copied from`);
  }
  if (written === null && isOfExperiment(address.hash)) {
    throw new ExperimentError('link: the experiment in it is cut off or misspelt; copy the whole link again');
  }
  const preset = address.searchParams.get('preset');
  const backend = readBackend(address.searchParams.get('backend'));
  if (written !== null) return { experiment: parseExperiment(readJson(written)), backend };
  return { experiment: PRESETS[preset === null ? DEFAULT_PRESET : findPreset(preset)], backend };
}

/** Whether what stands behind the # means an experiment: it has fields, or the beginning of one. An anchor has not. */
function isOfExperiment(hash: string): boolean {
  const fields = hash.slice(1).replace(/:~:.*$/, '');
  // A link that was copied through two programs may be encoded twice.
  return /[=&]|%(3d|26|7b)/i.test(fields) || /^(v|ex(p(e(r(i(m(e(n(t)?)?)?)?)?)?)?)?)$/i.test(fields);
}

/** Whether an address has an experiment written out in it. */
export function hasExperiment(address: URL): boolean {
  return new URLSearchParams(address.hash.slice(1)).has('experiment');
}

/** The address that opens this experiment, surgery included, on the page at `page`. */
export function writeLink(page: URL, experiment: Experiment): URL {
  const address = new URL(page);
  address.searchParams.delete('preset');
  address.hash = new URLSearchParams({
    v: VERSION,
    experiment: JSON.stringify(withoutDefaults(experiment)),
  }).toString();
  return address;
}

/** The backend that the address asks for. Throws an `ExperimentError` where it knows none of that name. */
function readBackend(name: string | null): BackendChoice {
  const known = [...BACKENDS, 'auto' as const].find((backend) => backend === (name ?? 'auto'));
  if (known === undefined)
    throw new ExperimentError(`backend: ${quote(name)} is not one of ${BACKENDS.join(', ')}, auto`);
  return known;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExperimentError('link: the experiment in it is not JSON; it may have been cut short, copy it again', {
      cause,
    });
  }
}
