import { useCallback, useMemo } from 'react';
import { type ChannelMaps, featureTable } from '../../../../charts/maps/feature-maps.ts';
import { gainsAt } from '../../../../core/experiment/experiment.ts';
import { useLabState } from '../../../use-stores.ts';
import { isProbe } from '../../inquiry.ts';
import { featureReading, type ProbedImage } from '../../probes/features.ts';
import type { ProbeRequest } from '../../probes/probes.ts';
import { INSIDE, MAP_TEXT, PANEL_WORDS } from '../../strings.ts';
import { useHeldMaps, useProbe } from '../../use-insight.ts';
import { afterSteps } from '../after.ts';
import { BlockMaps } from '../BlockMaps.tsx';
import type { ChosenBlock } from '../choose.ts';
import { netOf } from '../choose.ts';
import { BlockChoice } from '../controls/BlockChoice.tsx';
import { ImageChoice, type ImageName } from '../controls/ImageChoice.tsx';
import { InsideFigure } from '../InsideFigure.tsx';
import { useInView } from '../use-in-view.ts';

export interface FeaturesFigureProps {
  readonly chosen: ChosenBlock;
  readonly image: ProbedImage;
  readonly onImage: (image: ImageName) => void;
  readonly height: number;
}

/** One image in one block: what comes in, what the branch adds, what goes on. */
export function FeaturesFigure({ chosen: { lane, block }, image, onImage, height }: FeaturesFigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const request = useMemo((): ProbeRequest => ({ name: 'features', image, block }), [image, block]);
  const names = useMemo(() => [lane.name], [lane.name]);
  const answers = useHeldMaps(useProbe(names, request, inView), typeof image === 'object');
  const gain = useLabState(
    useCallback(
      ({ experiment, curves }) => gainsAt(experiment, lane.name, curves.get(lane.name)?.begun ?? 0)[block - 1] ?? 0,
      [lane.name, block],
    ),
  );
  const now = answers[0]?.now ?? null;
  const found = isProbe(now, 'features') ? now : null;
  const maps: readonly { readonly name: string; readonly map: ChannelMaps }[] =
    found === null
      ? []
      : [
          { name: MAP_TEXT.input.symbol, map: found.input },
          { name: MAP_TEXT.branch.symbol, map: found.branch },
          { name: MAP_TEXT.output.symbol, map: found.output },
        ];
  const words = { caption: MAP_TEXT.caption, channel: MAP_TEXT.channel, column: String, value: PANEL_WORDS.value };
  const [rows = 0, columns = 0, channels = 0] = found?.output.shape ?? [];
  return (
    <InsideFigure
      name="features"
      attach={attach}
      note={found === null ? '' : `${INSIDE.channels(channels, rows, columns)}, ${afterSteps([found.step])}`}
      tools={
        <>
          <ImageChoice image={typeof image === 'object' ? 'own' : image} onImage={onImage} />
          <BlockChoice lane={lane} block={block} />
        </>
      }
      answers={answers}
      tables={[{ key: 'channels', ...featureTable(maps, words) }]}
      reading={[{ text: featureReading(gain) }]}
      nets={[netOf(lane)]}
      height={height}
    >
      {() => found !== null && <BlockMaps features={found} />}
    </InsideFigure>
  );
}
