import { useCallback, useMemo } from 'react';
import { ContourPanels } from '../../../charts/maps/ContourPanels.tsx';
import { landscapeLine } from '../../../charts/maps/landscape.ts';
import { LinesPanels } from '../../../charts/panels/Panels.tsx';
import { landscapeTable, linesTable } from '../../../charts/panels/table-data.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { PANEL_WORDS } from '../../figures/panel-words.ts';
import { type Inquiry, isProbe } from '../inquiry.ts';
import {
  LANDSCAPE_OVER,
  type LandscapeOver,
  landscapeReading,
  landscapeSource,
  overText,
} from '../probes/landscape.ts';
import { figureText, PROBES } from '../probes/probes.ts';
import { stepsNote, stepsOf } from '../readings.ts';
import { useDrawnNet, useFigureView, useStudy, useTrainingCount } from '../use-insight.ts';
import { FigureFrame, type FigureProps } from './FigureFrame.tsx';
import { RunButton } from './RunButton.tsx';

/** The loss around the weights, on a line or a plane. */
export function LandscapeFigure({ lanes, height, compact }: FigureProps) {
  const { title } = figureText('landscape');
  const [over, setOver] = useFigureView<LandscapeOver>('landscape', compact, LANDSCAPE_OVER, 'plane');
  const names = useMemo(() => lanes.map(({ name }) => name), [lanes]);
  const inquire = useCallback(
    (lane: string): Inquiry => ({ type: 'probe', lane, request: { ...PROBES.landscape.defaults, over } }),
    [over],
  );
  const study = useStudy(names, inquire);
  const drawn = useDrawnNet();
  const training = useTrainingCount();
  const found = lanes.flatMap((lane, index) => {
    const now = study.answers[index]?.now ?? null;
    return isProbe(now, 'landscape') ? [{ ...now, net: drawn(lane), now, complete: now.done === now.of }] : [];
  });
  const line = landscapeLine(found, PANEL_WORDS);
  return (
    <FigureFrame
      name="landscape"
      compact={compact}
      view={over}
      note={stepsNote(found)}
      settings={overText(over)}
      tools={
        <>
          <Select
            small
            label={say('insight.landscapeOver')}
            value={over}
            options={LANDSCAPE_OVER.map((value) => ({ value, text: overText(value) }))}
            onChange={setOver}
          />
          <RunButton
            study={study}
            measured={found.length > 0}
            done={found.reduce((sum, { done }) => sum + done, 0)}
            of={lanes.length * (found[0]?.of ?? 1)}
          />
        </>
      }
      answers={study.answers}
      tables={
        over === 'line'
          ? [linesTable(line, title)]
          : found.map((landscape) => landscapeTable(landscape, title, PANEL_WORDS.value))
      }
      reading={found.length === 0 ? [] : landscapeReading(stepsOf(found), over, found)}
      source={landscapeSource(over, found, training)}
      nets={found.map(({ net }) => net)}
      height={height}
    >
      {(width) =>
        over === 'line' ? (
          <LinesPanels
            panels={[line]}
            width={width}
            height={height}
            label={say('insight.crosshair', { figure: title })}
          />
        ) : (
          <ContourPanels landscapes={found} width={width} words={PANEL_WORDS} />
        )
      }
    </FigureFrame>
  );
}
