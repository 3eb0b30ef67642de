import { useEffect } from 'react';
import { type ChannelMaps, featureNumbers } from '../../../../charts/maps/feature-maps.ts';
import type { Net } from '../../../../charts/panels/panel.ts';
import type { NetMaps, ShownMap } from '../../../../core/net/net-look.ts';
import type { Graph } from '../../../../core/net/node.ts';
import { MAP_TEXT, PANEL_WORDS } from '../../../insight/strings.ts';
import { BlockSum, FilterMaps, MapScale, Maps } from '../../../insight/view/ChannelMaps.tsx';
import { useInView } from '../../../insight/view/use-in-view.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { choiceName, REAL_LOOK } from '../../real-look-strings.ts';
import { PlaceChoice } from './PlaceChoice.tsx';
import { RealFigure } from './RealFigure.tsx';

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
    <RealFigure
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
    </RealFigure>
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
    return { key: name, ...featureNumbers([{ name, map }], words) };
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
