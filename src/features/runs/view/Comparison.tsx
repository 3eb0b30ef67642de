import { differences } from '../../../core/experiment/comparison.ts';
import { type RunDevice, roundsDifferently } from '../../../core/experiment/device.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { comparedAcross } from '../../race/device-strings.ts';
import { RUNS_TEXT } from '../strings.ts';

const words = RUNS_TEXT;

export interface ComparisonProps {
  readonly races: readonly ComparedRace[];
}

export interface ComparedRace {
  readonly id: string;
  readonly name: string;
  readonly experiment: Experiment;
  readonly device: RunDevice | null;
}

/** The settings in which two or more races differ, side by side, and those alone. */
export function Comparison({ races }: ComparisonProps) {
  const [first, ...others] = races;
  if (first === undefined || others.length === 0) return null;
  const values = new Map<string, string[]>();
  for (const [index, { experiment }] of others.entries()) {
    for (const { what, from, to } of differences(first.experiment, experiment)) {
      const row = values.get(what) ?? Array<string>(races.length).fill(from);
      row[index + 1] = to;
      values.set(what, row);
    }
  }
  const devices = races.flatMap(({ device }) => device ?? []);
  const across = devices.some((one) => devices.some((other) => roundsDifferently(one, other)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="comparison" aria-label={words.compare} tabIndex={0}>
      <h3>{words.compare}</h3>
      {values.size === 0 ? (
        <p>{words.same}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
              {races.map(({ id, name }) => (
                <th key={id} scope="col">
                  <Name>{name}</Name>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...values].map(([what, row]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                {races.map(({ id }, index) => (
                  <td key={id}>{row[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {across && <p>{comparedAcross(devices)}</p>}
    </section>
  );
}
