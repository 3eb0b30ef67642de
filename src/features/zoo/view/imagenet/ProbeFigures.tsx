import { useCallback, useEffect, useMemo } from 'react';
import { mapLayout } from '../../../../charts/maps/feature-maps.ts';
import { MapsCanvas } from '../../../../charts/maps/MapsCanvas.tsx';
import { netBranchPanels } from '../../../../charts/panels/measured.ts';
import { LinesPanels } from '../../../../charts/panels/Panels.tsx';
import type { Net } from '../../../../charts/panels/panel.ts';
import { linesTable } from '../../../../charts/panels/table-data.ts';
import { pretrainedOf } from '../../../../core/data/pretrained.ts';
import type { FeatureMap } from '../../../../core/net/feature-maps.ts';
import { say } from '../../../../language/say.ts';
import { useInView } from '../../../../ui/use-screen.ts';
import { MapScale } from '../../../figures/ChannelMaps.tsx';
import maps from '../../../figures/maps.module.css';
import { PANEL_WORDS } from '../../../figures/panel-words.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import type { ClassName } from '../../class-names.ts';
import { useObjectUrl } from './ImageChoice.tsx';
import { ImageNetFigure } from './ImageNetFigure.tsx';
import imagenet from './imagenet.module.css';
import type { LookFigureProps } from './MapsFigure.tsx';

const HEIGHT = 200;

/** What the blocks do to the image, and which places of it speak for the answer. */
export function ProbeFigures({ net, free, nameOf }: Omit<LookFigureProps, 'graph'> & { readonly nameOf: ClassName }) {
  const [attach, inView] = useInView<HTMLDivElement>();
  const pretrained = usePretrained();
  const probe = usePretrainedState((state) => state.probe);
  const hasBlocks = usePretrainedState((state) => pretrainedOf(state.net).net.gains.length > 0);
  const wanted = inView && free && probe === null;
  useEffect(() => {
    if (wanted) pretrained.probe();
  }, [pretrained, wanted]);
  const blocks = probe?.blocks ?? [];
  const words = { ...PANEL_WORDS, ratio: say('zoo.branchRatio'), silent: say('zoo.branchSilent') };
  const panels = netBranchPanels(net, blocks, words);
  const mean = blocks.reduce((sum, { ratio }) => sum + ratio / blocks.length, 0);
  const least = blocks.reduce(
    (least, each) => (least === undefined || each.ratio < least.ratio ? each : least),
    blocks[0],
  );
  return (
    <div ref={attach} className={imagenet.probe}>
      {hasBlocks && (
        <ImageNetFigure
          name="real-branches"
          title={say('zoo.branchesTitle')}
          note=""
          net={net}
          measured={
            least === undefined
              ? null
              : {
                  tables: panels.map((panel) => linesTable(panel, say('zoo.branchesTitle'))),
                  records: {
                    heads: ['net', 'block', 'F over x', 'share that is 0'],
                    rows: blocks.map(({ block, ratio, silent }) => [net.name, block, ratio, silent]),
                  },
                  reading: say('zoo.branchReading', {
                    mean: mean.toFixed(2),
                    block: least.block,
                    least: least.ratio.toFixed(2),
                  }),
                }
          }
          source={say('zoo.branchSource')}
          height={HEIGHT}
        >
          {(width) => (
            <LinesPanels
              panels={panels}
              width={width}
              height={HEIGHT}
              label={say('insight.crosshair', { figure: say('zoo.branchesTitle') })}
            />
          )}
        </ImageNetFigure>
      )}
      {probe?.evidence != null && <EvidenceFigure net={net} evidence={probe.evidence} nameOf={nameOf} />}
    </div>
  );
}

export interface EvidenceFigureProps {
  readonly net: Net;
  readonly evidence: FeatureMap;
  readonly nameOf: ClassName;
}

/** Which places of the image speak for the net's answer, over the image. */
function EvidenceFigure({ net, evidence, nameOf }: EvidenceFigureProps) {
  const label = usePretrainedState((state) => state.classification?.guesses[0]?.label ?? 0);
  const image = usePretrainedState((state) => state.image);
  const input = usePretrainedState((state) => pretrainedOf(state.net).input);
  const address = useObjectUrl(image?.blob ?? null);
  const {
    shape: [rows, columns],
    values,
  } = evidence;
  const name = nameOf(label);
  const layout = useMemo(() => mapLayout(1, rows, columns), [rows, columns]);
  const valueAt = useCallback(
    (_: number, row: number, column: number) => values[row * columns + column] ?? 0,
    [values, columns],
  );
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const strongest = values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
  const [row, column] = [Math.floor(strongest / columns) + 1, (strongest % columns) + 1];
  const places = `${rows}×${columns}`;
  const spoken = say('zoo.evidenceSpoken', {
    name,
    places,
    most: PANEL_WORDS.value(values[strongest] ?? 0),
    row,
    column,
  });
  const cells = Array.from({ length: rows }, (_, at) => [...values.subarray(at * columns, (at + 1) * columns)]);
  return (
    <ImageNetFigure
      name="real-evidence"
      title={say('zoo.evidenceTitle', { name })}
      note=""
      net={net}
      measured={{
        tables: [
          {
            key: 'evidence',
            caption: say('zoo.evidenceCaption'),
            columns: cells.map((_, at) => say('zoo.column', { column: at + 1 })),
            rows: cells.map((each, at) => ({
              name: say('zoo.row', { row: at + 1 }),
              cells: each.map(PANEL_WORDS.value),
            })),
          },
        ],
        records: {
          heads: ['row', 'column', 'evidence'],
          rows: cells.flatMap((each, at) => each.map((value, nth) => [at + 1, nth + 1, value])),
        },
        reading: say('zoo.evidenceReading', { name, places }),
      }}
      source={say('zoo.evidenceSource')}
      height={224}
    >
      {() => (
        <>
          <div className={imagenet.evidence}>
            {address !== null && (
              <img src={address} alt="" style={{ inlineSize: `${(100 * input.shorter) / input.crop}%` }} />
            )}
            <MapsCanvas layout={layout} count={1} valueAt={valueAt} largest={largest} label={spoken} />
          </div>
          <div className={maps.foot}>
            <MapScale largest={largest} />
          </div>
        </>
      )}
    </ImageNetFigure>
  );
}
