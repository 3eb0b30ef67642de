import { useCallback, useMemo, useState } from 'react';
import { ContourPanels } from '../../../../charts/maps/ContourPanels.tsx';
import { landscapeLine } from '../../../../charts/maps/landscape.ts';
import { LinesPanels } from '../../../../charts/panels/Panels.tsx';
import { landscapeTable, linesTable } from '../../../../charts/panels/table-data.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { type Inquiry, isProbe } from '../../inquiry.ts';
import {
  LANDSCAPE_OVER,
  LANDSCAPE_WORDS,
  type LandscapeOver,
  landscapeReading,
  landscapeSource,
} from '../../probes/landscape.ts';
import { PROBES } from '../../probes/probes.ts';
import { INSIDE, PANEL_WORDS } from '../../strings.ts';
import { useStudy } from '../../use-insight.ts';
import { afterSteps } from '../after.ts';
import { netOf } from '../choose.ts';
import { RunButton } from '../controls/RunButton.tsx';
import { InsideFigure } from '../InsideFigure.tsx';
import type { FigureProps } from './figure-props.ts';

const { title } = PROBES.landscape;

/** The loss around the weights as they are, on a line or a plane. */
export function LandscapeFigure({ lanes, height }: FigureProps) {
  const [over, setOver] = useState<LandscapeOver>('plane');
  const names = useMemo(() => lanes.map(({ name }) => name), [lanes]);
  const inquire = useCallback(
    (lane: string): Inquiry => ({ type: 'probe', lane, request: { ...PROBES.landscape.defaults, over } }),
    [over],
  );
  const study = useStudy(names, inquire);
  const found = lanes.flatMap((lane, index) => {
    const now = study.answers[index]?.now ?? null;
    return isProbe(now, 'landscape') ? [{ ...now, net: netOf(lane) }] : [];
  });
  const line = landscapeLine(found, PANEL_WORDS);
  const run = (
    <RunButton
      running={study.running}
      measured={found.length > 0}
      done={found.reduce((sum, { done }) => sum + done, 0)}
      of={lanes.length * (found[0]?.of ?? 1)}
      onRun={study.run}
      onCancel={study.cancel}
    />
  );
  const ranges = found.map(({ net, losses }) => {
    const known = losses.filter((loss) => Number.isFinite(loss));
    return { lane: net.name, value: Math.max(...known) / Math.min(...known) };
  });
  const steps = found.map(({ step }) => step);
  return (
    <InsideFigure
      name="landscape"
      note={afterSteps(steps)}
      tools={
        <>
          <Select
            small
            label={LANDSCAPE_WORDS.over}
            value={over}
            options={LANDSCAPE_OVER.map((value) => ({ value, text: LANDSCAPE_WORDS.overs[value] }))}
            onChange={setOver}
          />
          {run}
        </>
      }
      answers={study.answers}
      tables={
        over === 'line'
          ? [linesTable(line, title)]
          : found.map((landscape) => landscapeTable(landscape, title, PANEL_WORDS.value))
      }
      reading={found.length > 0 ? landscapeReading(Math.max(...steps), ranges) : []}
      source={landscapeSource(
        over,
        found.flatMap(({ lane, explained }) => (explained === null ? [] : [{ lane, shares: explained }])),
      )}
      nets={found.map(({ net }) => net)}
      height={height}
      empty={<p>{LANDSCAPE_WORDS.about}</p>}
    >
      {(width) =>
        over === 'line' ? (
          <LinesPanels panels={[line]} width={width} height={height} label={INSIDE.crosshair(title)} />
        ) : (
          <ContourPanels landscapes={found} width={width} words={PANEL_WORDS} />
        )
      }
    </InsideFigure>
  );
}
