import type { FeaturesResult } from '../probes/features.ts';
import { MAP_TEXT } from '../strings.ts';
import { BlockSum, FilterMaps, MapScale } from './ChannelMaps.tsx';

/** A block's input, branch and output side by side on one scale, and the stem's filters. */
export function BlockMaps({ features }: { readonly features: FeaturesResult }) {
  const { input, branch, output, largest, filters } = features;
  return (
    <>
      <BlockSum input={input} branch={branch} output={output} largest={largest} />
      <div className="maps-foot">
        <MapScale largest={largest} />
        <FilterMaps filters={filters} about={MAP_TEXT.filters.about} />
      </div>
    </>
  );
}
