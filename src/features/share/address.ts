import type { Experiment } from '../../core/experiment/experiment.ts';
import { PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import { hasExperiment, writeLink } from './link.ts';

/**
 * The address of a page whose experiment has changed: it never holds an experiment, or the name of one, that the page no
 * longer shows. A preset goes by its name. Any other experiment is written out only where the address held one before,
 * since only then was it wanted there.
 */
export function followedAddress(page: URL, experiment: Experiment, preset: PresetName | null): URL {
  const isPreset = preset !== null && canonical(PRESETS[preset]) === canonical(experiment);
  if (!isPreset) return hasExperiment(page) ? writeLink(page, experiment) : page;
  if (!hasExperiment(page) && !page.searchParams.has('preset')) return page;
  const address = new URL(page);
  address.hash = '';
  address.searchParams.set('preset', preset);
  return address;
}

/** JSON whose text does not depend on the order of the fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
}
