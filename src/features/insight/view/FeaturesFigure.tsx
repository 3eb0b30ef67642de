import { useMemo } from 'react';
import { type ChannelMaps, featureTable } from '../../../charts/maps/feature-maps.ts';
import { say } from '../../../language/say.ts';
import { useInView } from '../../../ui/use-screen.ts';
import { BlockSum, FilterMaps, MapScale } from '../../figures/ChannelMaps.tsx';
import maps from '../../figures/maps.module.css';
import { MAP_WORDS, PANEL_WORDS } from '../../figures/panel-words.ts';
import { gainsNow } from '../../lab/lane-now.ts';
import { useLabState } from '../../use-stores.ts';
import { type ChosenBlock, drawnNet } from '../compared.ts';
import { isProbe } from '../inquiry.ts';
import { blockFormula, featureReading } from '../probes/features.ts';
import type { ProbeRequest } from '../probes/probes.ts';
import { stepsNote } from '../readings.ts';
import { useHeldMaps, useProbe, useProbedImage } from '../use-insight.ts';
import { BlockChoice, ProbedImageChoice } from './FeatureControls.tsx';
import { FigureFrame, type FigureProps } from './FigureFrame.tsx';

interface FeaturesFigureProps extends Omit<FigureProps, 'lanes'> {
  readonly chosen: ChosenBlock;
}

/** One image in one block: its input, what the branch adds, and the output. */
export function FeaturesFigure({ chosen: { lane, block }, height, compact }: FeaturesFigureProps) {
  const [attach, inView] = useInView<HTMLElement>();
  const image = useProbedImage();
  const request = useMemo((): ProbeRequest => ({ name: 'features', image, block }), [image, block]);
  const names = useMemo(() => [lane.name], [lane.name]);
  const answers = useHeldMaps(useProbe(names, request, inView), { lane: lane.name, block }, typeof image === 'object');
  const now = answers[0]?.now ?? null;
  const found = isProbe(now, 'features') ? now : null;
  const gainNow = useLabState((state) => gainsNow(state, lane.name)[block - 1] ?? 0);
  // The pictures may be of another gain than the one that has been set since.
  const gain = found?.gain ?? gainNow;
  const named: readonly { readonly name: string; readonly map: ChannelMaps }[] =
    found === null
      ? []
      : (
          [
            ['input', found.input],
            ['branch', found.branch],
            ['output', found.output],
          ] as const
        ).map(([part, map]) => ({ name: MAP_WORDS[part]().symbol, map }));
  const words = {
    caption: say('insight.mapCaption'),
    channel: (channel: number) => say('insight.mapChannel', { channel }),
    column: String,
    value: PANEL_WORDS.value,
    noNumber: PANEL_WORDS.noNumber,
  };
  return (
    <FigureFrame
      name="features"
      compact={compact}
      attach={attach}
      note={
        found === null
          ? ''
          : say('insight.mapNote', { shape: shapeText(found.output), after: stepsNote([{ now: found }]) })
      }
      tools={
        <>
          {!compact && <ProbedImageChoice />}
          <BlockChoice lane={lane} block={block} />
        </>
      }
      answers={answers}
      tables={[{ key: 'channels', ...featureTable(named, words) }]}
      reading={[featureReading(lane.name, lane.net, gain)]}
      nets={[drawnNet(lane)]}
      height={height}
    >
      {() =>
        found !== null && (
          <>
            <BlockSum {...found} formula={blockFormula(lane.net, gain)} />
            <div className={maps.foot}>
              <MapScale largest={found.largest} />
              {!compact && <FilterMaps filters={found.filters} about={say('insight.filters')} />}
            </div>
          </>
        )
      }
    </FigureFrame>
  );
}

function shapeText({ shape: [height, width, channels] }: ChannelMaps): string {
  return say('insight.mapShape', { channels, height, width });
}
