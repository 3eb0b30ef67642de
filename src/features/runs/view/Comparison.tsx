import { differences } from '../../../core/experiment/comparison.ts';
import { type RunDevice, roundsDifferently } from '../../../core/experiment/device.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { say } from '../../../language/say.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { comparedAcross } from '../../lab/device-text.ts';
import { traitName, traitText } from '../traits.ts';
import styles from './runs.module.css';

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
  const traits = [...new Set(others.flatMap(({ experiment }) => differences(first.experiment, experiment)))];
  const devices = races.flatMap(({ device }) => device ?? []);
  const across = devices.some((one) => devices.some((other) => roundsDifferently(one, other)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className={styles.comparison} aria-label={say('runs.compare')} tabIndex={0}>
      <h3>{say('runs.compare')}</h3>
      {traits.length === 0 ? (
        <p>{say('runs.same')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('runs.setting')}</th>
              {races.map(({ id, name }) => (
                <th key={id} scope="col">
                  <Name>{name}</Name>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {traits.map((trait) => (
              <tr key={trait}>
                <th scope="row">{traitName(trait)}</th>
                {races.map(({ id, experiment }) => (
                  <td key={id}>
                    <Name>{traitText(trait, experiment)}</Name>
                  </td>
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
