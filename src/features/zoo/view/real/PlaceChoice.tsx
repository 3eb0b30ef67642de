import { type MapChoice, mapLayers } from '../../../../core/net/net-look.ts';
import type { Graph } from '../../../../core/net/node.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL_LOOK } from '../../real-look-strings.ts';

const WHOLE = 'whole';
const layerOf = (layer: string): MapChoice => ({ of: 'layer', layer });
const blockOf = (block: number): MapChoice => ({ of: 'block', block });

/** Which block of the net is looked into, and where in it; in a net without blocks, which layer. */
export function PlaceChoice({ graph }: { readonly graph: Graph }) {
  const { lookAt } = usePretrained();
  const choice = usePretrainedState((state) => state.choice);
  const layers = mapLayers(graph);
  const block = choice.of === 'block' ? choice.block : (layers.find(({ layer }) => layer === choice.layer)?.block ?? 0);
  const blocks = [...new Set(layers.map((each) => each.block))].filter((each) => each > 0);
  const outside = layers.filter((each) => each.block === 0).map(({ layer }) => layer);
  // What a block ends in is its y.
  const within = layers.filter((each) => each.block === block && block > 0).slice(0, -1);
  return (
    <>
      <Select
        small
        label={REAL_LOOK.place}
        value={block > 0 ? String(block) : choice.of === 'layer' ? choice.layer : ''}
        options={[
          ...outside.map((layer) => ({ value: layer, text: REAL_LOOK.layer(layer) })),
          ...blocks.map((each) => ({ value: String(each), text: REAL_LOOK.block(each) })),
        ]}
        onChange={(value) => lookAt(outside.includes(value) ? layerOf(value) : blockOf(Number(value)))}
      />
      {block > 0 && (
        <Select
          small
          label={REAL_LOOK.part}
          value={choice.of === 'layer' ? choice.layer : WHOLE}
          options={[
            { value: WHOLE, text: REAL_LOOK.whole },
            ...within.map(({ layer }, nth) => ({ value: layer, text: REAL_LOOK.inside(nth + 1) })),
          ]}
          onChange={(value) => lookAt(value === WHOLE ? blockOf(block) : layerOf(value))}
        />
      )}
    </>
  );
}
