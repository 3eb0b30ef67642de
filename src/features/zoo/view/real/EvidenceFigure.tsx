import { useCallback, useMemo } from 'react';
import { mapLayout } from '../../../../charts/maps/feature-maps.ts';
import { MapsCanvas } from '../../../../charts/maps/MapsCanvas.tsx';
import type { Net } from '../../../../charts/panels/panel.ts';
import { pretrainedOf } from '../../../../core/data/pretrained.ts';
import type { FeatureMap } from '../../../../core/net/net-look.ts';
import { PANEL_WORDS } from '../../../insight/strings.ts';
import { MapScale } from '../../../insight/view/ChannelMaps.tsx';
import { usePretrainedState } from '../../../use-stores.ts';
import { REAL_LOOK } from '../../real-look-strings.ts';
import type { ClassName } from './class-names.ts';
import { RealFigure } from './RealFigure.tsx';
import { useAddress } from './use-address.ts';

export interface EvidenceFigureProps {
  readonly net: Net;
  readonly evidence: FeatureMap;
  readonly nameOf: ClassName;
}

/** Which places of the image speak for the net's answer, over the image. */
export function EvidenceFigure({ net, evidence, nameOf }: EvidenceFigureProps) {
  const label = usePretrainedState((state) => state.classification?.guesses[0]?.label ?? 0);
  const image = usePretrainedState((state) => state.image);
  const input = usePretrainedState((state) => pretrainedOf(state.net).input);
  const address = useAddress(image?.blob ?? null);
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
  const spoken = REAL_LOOK.evidenceSpoken(name, places, PANEL_WORDS.value(values[strongest] ?? 0), row, column);
  const cells = Array.from({ length: rows }, (_, at) => [...values.subarray(at * columns, (at + 1) * columns)]);
  return (
    <RealFigure
      name="real-evidence"
      title={REAL_LOOK.evidence(name)}
      note=""
      net={net}
      measured={{
        tables: [
          {
            key: 'evidence',
            caption: REAL_LOOK.evidenceCaption,
            columns: cells.map((_, at) => REAL_LOOK.column(at + 1)),
            rows: cells.map((each, at) => ({ name: REAL_LOOK.row(at + 1), cells: each.map(PANEL_WORDS.value) })),
          },
        ],
        records: {
          columns: ['row', 'column', 'evidence'],
          rows: cells.flatMap((each, at) => each.map((value, nth) => [at + 1, nth + 1, value])),
        },
        reading: REAL_LOOK.evidenceReading(name, places),
      }}
      source={REAL_LOOK.evidenceSource}
      height={224}
    >
      {() => (
        <>
          <div className="real-evidence">
            {address !== null && (
              <img src={address} alt="" style={{ inlineSize: `${(100 * input.shorter) / input.crop}%` }} />
            )}
            <MapsCanvas layout={layout} count={1} valueAt={valueAt} largest={largest} label={spoken} />
          </div>
          <div className="maps-foot">
            <MapScale largest={largest} />
          </div>
        </>
      )}
    </RealFigure>
  );
}
