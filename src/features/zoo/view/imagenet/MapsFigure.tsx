import { useEffect } from 'react';
import { type ChannelMaps, featureTable } from '../../../../charts/maps/feature-maps.ts';
import type { Net } from '../../../../charts/panels/panel.ts';
import { type MapChoice, mapLayers, type NetMaps, type ShownMap } from '../../../../core/net/feature-maps.ts';
import type { Graph } from '../../../../core/net/node.ts';
import { say } from '../../../../language/say.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { useInView } from '../../../../ui/use-screen.ts';
import { BlockSum, FilterMaps, MapScale, Maps } from '../../../figures/ChannelMaps.tsx';
import styles from '../../../figures/maps.module.css';
import { MAP_WORDS, PANEL_WORDS } from '../../../figures/panel-words.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { choiceName, layerName } from '../../words.ts';
import { ImageNetFigure } from './ImageNetFigure.tsx';
import imagenet from './imagenet.module.css';

const HEIGHT = 240;
/** The real nets are ResNets as in the paper; S(x) is x where a block keeps the shape. */
const BLOCK_FORMULA = { between: '+', output: 'relu(F(x) + S(x))' } as const;

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
      title={say('zoo.mapsTitle')}
      note={maps === null ? '' : mapNote(choiceName(choice), maps.output)}
      tools={<PlaceChoice graph={graph} />}
      net={net}
      measured={maps && measuredOf(maps)}
      source={say('zoo.mapsSource')}
      height={HEIGHT}
    >
      {() =>
        maps !== null && (
          <>
            {maps.block === null ? (
              <div className={imagenet.layerMaps}>
                <Maps map={maps.output} largest={maps.largest} words={MAP_WORDS.output()} />
              </div>
            ) : (
              <BlockSum {...maps.block} output={maps.output} largest={maps.largest} formula={BLOCK_FORMULA} />
            )}
            <div className={styles.foot}>
              <MapScale largest={maps.largest} />
              {filters !== null && <FilterMaps filters={filters} about={say('zoo.filters')} />}
            </div>
          </>
        )
      }
    </ImageNetFigure>
  );
}

function mapNote(place: string, { shape: [height, width], channels, of }: ShownMap): string {
  return channels.length === of
    ? say('zoo.mapsAll', { place, height, width, channels: of })
    : say('zoo.mapsSome', { place, height, width, shown: channels.length, channels: of });
}

function measuredOf({ block, output }: NetMaps) {
  const named: readonly { readonly name: string; readonly map: ShownMap }[] = [
    ...(block === null
      ? []
      : [
          { name: MAP_WORDS.input().symbol, map: block.input },
          { name: MAP_WORDS.branch().symbol, map: block.branch },
        ]),
    { name: MAP_WORDS.output().symbol, map: output },
  ];
  const tables = named.map(({ name, map }) => {
    const channel = (nth: number) => say('zoo.channel', { channel: (map.channels[nth - 1] ?? 0) + 1 });
    const { value, noNumber } = PANEL_WORDS;
    const words = { caption: say('zoo.mapsCaption', { map: name }), channel, column: String, value, noNumber };
    return { key: name, ...featureTable([{ name, map }], words) };
  });
  return {
    tables,
    records: {
      heads: ['map', 'channel', 'row', 'column', 'value'],
      rows: named.flatMap(rowsOf),
    },
    reading: block === null ? say('zoo.layerReading') : say('zoo.blockReading'),
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
function PlaceChoice({ graph }: { readonly graph: Graph }) {
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
        label={say('zoo.place')}
        value={block > 0 ? String(block) : choice.type === 'layer' ? choice.layer : ''}
        options={[
          ...outside.map((layer) => ({ value: layer, text: layerName(layer) })),
          ...blocks.map((each) => ({ value: String(each), text: say('zoo.blockNumber', { block: each }) })),
        ]}
        onChange={(value) => lookAt(outside.includes(value) ? layerOf(value) : blockOf(Number(value)))}
      />
      {block > 0 && (
        <Select
          small
          label={say('zoo.partOfBlock')}
          value={choice.type === 'layer' ? choice.layer : WHOLE}
          options={[
            { value: WHOLE, text: say('zoo.wholeBlock') },
            ...within.map(({ layer }, nth) => ({ value: layer, text: say('zoo.afterConv', { nth: nth + 1 }) })),
          ]}
          onChange={(value) => lookAt(value === WHOLE ? blockOf(block) : layerOf(value))}
        />
      )}
    </>
  );
}
