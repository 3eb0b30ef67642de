import { useEffect } from 'react';
import { type ChannelMaps, featureTable } from '../../../../charts/maps/feature-maps.ts';
import type { Net } from '../../../../charts/panels/panel.ts';
import { type MapChoice, mapLayers, type NetMaps, type ShownMap } from '../../../../core/net/feature-maps.ts';
import type { Graph } from '../../../../core/net/node.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { MAP_TEXT, PANEL_WORDS } from '../../../insight/strings.ts';
import { BlockSum, FilterMaps, MapScale, Maps } from '../../../insight/view/ChannelMaps.tsx';
import { useInView } from '../../../insight/view/use-in-view.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { choiceName, REAL_LOOK } from '../../real-look-strings.ts';
import { ImageNetFigure } from './ImageNetFigure.tsx';

const HEIGHT = 240;

export interface LookFigureProps {
  readonly net: Net;
  readonly graph: Graph;
  /** Whether it may measure now. */
  readonly free: boolean;
}

/** What the net makes of the image in one block or layer, channel by channel. */
export function MapsFigure({ net, graph, free }: LookFigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const pretrained = usePretrained();
  const choice = usePretrainedState((state) => state.choice);
  const maps = usePretrainedState((state) => state.maps);
  const filters = usePretrainedState((state) => state.filters);
  const wanted = inView && free && maps === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is asked for, too
  useEffect(() => {
    if (wanted) pretrained.maps();
  }, [pretrained, wanted, choice]);
  return (
    <ImageNetFigure
      name="real-maps"
      attach={attach}
      title={REAL_LOOK.maps}
      note={maps === null ? '' : `${choiceName(choice)}: ${REAL_LOOK.mapNote(maps.output)}`}
      tools={<PlaceChoice graph={graph} />}
      net={net}
      measured={maps && measuredOf(maps)}
      source={REAL_LOOK.mapSource}
      height={HEIGHT}
    >
      {() =>
        maps !== null && (
          <>
            {maps.block === null ? (
              <div className="real-layer-maps">
                <Maps map={maps.output} largest={maps.largest} words={MAP_TEXT.output} />
              </div>
            ) : (
              <BlockSum {...maps.block} output={maps.output} largest={maps.largest} />
            )}
            <div className="maps-foot">
              <MapScale largest={maps.largest} />
              {filters !== null && <FilterMaps filters={filters} about={REAL_LOOK.filters} />}
            </div>
          </>
        )
      }
    </ImageNetFigure>
  );
}

function measuredOf({ block, output }: NetMaps) {
  const named: readonly { readonly name: string; readonly map: ShownMap }[] = [
    ...(block === null
      ? []
      : [
          { name: MAP_TEXT.input.symbol, map: block.input },
          { name: MAP_TEXT.branch.symbol, map: block.branch },
        ]),
    { name: MAP_TEXT.output.symbol, map: output },
  ];
  const tables = named.map(({ name, map }) => {
    const channel = (nth: number) => REAL_LOOK.channel((map.channels[nth - 1] ?? 0) + 1);
    const words = { caption: `${name}: ${REAL_LOOK.caption}`, channel, column: String, value: PANEL_WORDS.value };
    return { key: name, ...featureTable([{ name, map }], words) };
  });
  return {
    tables,
    records: { columns: ['map', 'channel', 'row', 'column', 'value'], rows: named.flatMap(rowsOf) },
    reading: block === null ? REAL_LOOK.layerReading : REAL_LOOK.blockReading,
  };
}

function rowsOf({ name, map }: { readonly name: string; readonly map: ChannelMaps & Pick<ShownMap, 'channels'> }) {
  const [, width, count] = map.shape;
  return Array.from(map.values, (value, at) => {
    const place = Math.floor(at / count);
    return [name, (map.channels[at % count] ?? 0) + 1, Math.floor(place / width) + 1, (place % width) + 1, value];
  });
}

const WHOLE = 'whole';
const layerOf = (layer: string): MapChoice => ({ type: 'layer', layer });
const blockOf = (block: number): MapChoice => ({ type: 'block', block });

/** Which block of the net is looked into, and where in it; in a net without blocks, which layer. */
export function PlaceChoice({ graph }: { readonly graph: Graph }) {
  const { lookAt } = usePretrained();
  const choice = usePretrainedState((state) => state.choice);
  const layers = mapLayers(graph);
  const block =
    choice.type === 'block' ? choice.block : (layers.find(({ layer }) => layer === choice.layer)?.block ?? 0);
  const blocks = [...new Set(layers.map((each) => each.block))].filter((each) => each > 0);
  const outside = layers.filter((each) => each.block === 0).map(({ layer }) => layer);
  // What a block ends in is its y.
  const within = layers.filter((each) => each.block === block && block > 0).slice(0, -1);
  return (
    <>
      <Select
        small
        label={REAL_LOOK.place}
        value={block > 0 ? String(block) : choice.type === 'layer' ? choice.layer : ''}
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
          value={choice.type === 'layer' ? choice.layer : WHOLE}
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
