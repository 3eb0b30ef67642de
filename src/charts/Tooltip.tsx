import type { CSSProperties } from 'react';
import { type CrossValue, commonTestStep } from './cross-values.ts';
import type { Frame } from './frame.ts';
import type { ChartLabels } from './labels.ts';
import type { Mark } from './series.ts';
import { netClass, netStyle } from './tone.ts';

interface TooltipProps {
  readonly step: number;
  readonly x: number;
  readonly values: readonly CrossValue[];
  /** What happened at this step. */
  readonly marks: readonly Mark[];
  readonly hot: string | null;
  readonly frame: Frame;
  readonly labels: ChartLabels;
}

const ROOM = 236;

function place(x: number, { left, right, width, height, bottom }: Frame): CSSProperties {
  const below = { bottom: height - bottom + 8 };
  if (x - ROOM > left) return { ...below, right: width - x + 14 };
  if (x + ROOM < width) return { ...below, left: x + 14 };
  return x > (left + right) / 2 ? { ...below, left: 0 } : { ...below, right: 0 };
}

/** The numbers at the crosshair. For eyes only: the crosshair's own text says the same. */
export function Tooltip({ step, x, values, marks, hot, frame, labels }: TooltipProps) {
  const { train, test, testAt } = labels.trainingError;
  const tested = commonTestStep(values);
  return (
    <div className="tip" style={place(x, frame)} aria-hidden="true">
      <table>
        <thead>
          <tr>
            <th scope="col">{labels.stepNumber(step)}</th>
            <th scope="col">{train}</th>
            <th scope="col">{tested === null || tested === step ? test : testAt(tested)}</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ series, mean, test: point }) => (
            <tr key={series.id} className={hot === series.id ? 'hot' : undefined}>
              <td className={netClass(series.family)} style={netStyle(series.tone)}>
                {series.name}
              </td>
              <td>{mean === null ? '–' : labels.percent(mean)}</td>
              <td>{point === null ? '–' : labels.percent(point.error)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {marks.map((mark) => (
        <p key={mark.kind + mark.text}>{mark.text}</p>
      ))}
    </div>
  );
}
