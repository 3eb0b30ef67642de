import { differences } from '../../spec/differences.ts';
import type { KeptRun } from '../../spec/run.ts';
import { RUNS_TEXT } from '../../text/runs.ts';

const words = RUNS_TEXT;

export interface ComparisonProps {
  readonly runs: readonly { readonly run: KeptRun; readonly name: string }[];
}

/** The settings in which two or more runs differ, side by side, and those alone. */
export function Comparison({ runs }: ComparisonProps) {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return null;
  const values = new Map<string, string[]>();
  for (const [index, { run }] of others.entries()) {
    for (const { what, from, to } of differences(first.run.experiment, run.experiment)) {
      const row = values.get(what) ?? Array<string>(runs.length).fill(from);
      row[index + 1] = to;
      values.set(what, row);
    }
  }
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
              {runs.map(({ run, name }) => (
                <th key={run.id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...values].map(([what, row]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                {runs.map(({ run }, index) => (
                  <td key={run.id}>{row[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
