import { useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import { type ErrorPoint, ErrorsPlot } from '../../../charts/zoo/ErrorsPlot.tsx';
import { makeGoogLeNet, makeImageNetNet, makeVgg } from '../../../core/net/family.ts';
import type { FamilyNet } from '../../../core/net/net.ts';
import { PAPER_RESULTS, type PaperNet, type PaperResult, PROTOCOLS, type Protocol } from '../../../core/net/paper.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { FAMILY } from '../strings.ts';
import { type FamilyMember, memberOf } from './nets.ts';

const words = FAMILY.results;
const HEIGHT = 320;

type ErrorKind = 'top1' | 'top5';
type Cost = 'depth' | 'parameters' | 'multiplyAdds';

const PROTOCOL_OPTIONS = PROTOCOLS.map((value) => ({ value, text: words.protocols[value] }));
const ERRORS = (['top1', 'top5'] as const).map((value) => ({ value, text: words.errors[value] }));
const COSTS = (['depth', 'parameters', 'multiplyAdds'] as const).map((value) => {
  return { value, text: words.choices[value] };
});

const NETS: Readonly<Record<PaperNet, () => FamilyNet>> = {
  'VGG-16': () => makeVgg(16),
  GoogLeNet: () => makeGoogLeNet(),
  'plain-18': () => makeImageNetNet('plain', 18),
  'plain-34': () => makeImageNetNet('plain', 34),
  'ResNet-18 A': () => makeImageNetNet('residual', 18, { option: 'A' }),
  'ResNet-34 A': () => makeImageNetNet('residual', 34, { option: 'A' }),
  'ResNet-34': () => makeImageNetNet('residual', 34),
  'ResNet-34 C': () => makeImageNetNet('residual', 34, { option: 'C' }),
  'ResNet-50': () => makeImageNetNet('residual', 50),
  'ResNet-101': () => makeImageNetNet('residual', 101),
  'ResNet-152': () => makeImageNetNet('residual', 152),
};

/** Options A and C are named beside the line, which goes through B. */
const BESIDE: readonly (PaperNet | null)[] = ['ResNet-34 A', 'ResNet-34 C', 'VGG-16', 'GoogLeNet'];

/** The paper's errors against what the nets cost. */
export function ResultsFigure() {
  const [protocol, setProtocol] = useState<Protocol>('ten-crop');
  const [wanted, setWanted] = useState<ErrorKind>('top1');
  const [cost, setCost] = useState<Cost>('depth');
  const [attach, width] = useWidth<HTMLDivElement>();
  const counted = useMemo(
    () => new Map(Object.entries(NETS).map(([name, make]) => [name, memberOf(make())] as const)),
    [],
  );
  // The ensembles' top-1 is not in the paper.
  const kind = protocol === 'ensemble' ? 'top5' : wanted;
  const told = PAPER_RESULTS[protocol].filter((result) => result[kind] !== null);
  const points = told.flatMap((result) => pointOf(result, kind, cost, counted));
  const uncounted = told.filter(({ net }) => net === null).map(({ name }) => name);
  return (
    <section className="family-figure tall" aria-label={words.title}>
      <div className="fig-head">
        <h3>{words.title}</h3>
      </div>
      <div className="family-tools">
        <SegmentedControl label={words.protocol} value={protocol} options={PROTOCOL_OPTIONS} onChange={setProtocol} />
        {protocol !== 'ensemble' && (
          <>
            <SegmentedControl label={words.error} value={kind} options={ERRORS} onChange={setWanted} />
            <SegmentedControl label={words.against} value={cost} options={COSTS} onChange={setCost} />
          </>
        )}
      </div>
      <div ref={attach} className="errors-plot">
        {protocol === 'ensemble' ? (
          <Ensembles results={told} />
        ) : (
          width !== null && (
            <ErrorsPlot
              points={points}
              log={cost !== 'depth'}
              axis={words.axis[cost]}
              label={words.chart(points.map(({ name, error }) => `${name} ${words.percent(error)}`))}
              width={width}
              height={HEIGHT}
            />
          )
        )}
      </div>
      <p className="source">
        {`${words.source(words.tables[protocol])} ${protocol !== 'ensemble' && uncounted.length > 0 ? words.uncounted(uncounted) : ''}`}
      </p>
    </section>
  );
}

function pointOf(
  result: PaperResult,
  kind: ErrorKind,
  cost: Cost,
  counted: ReadonlyMap<string, FamilyMember>,
): readonly ErrorPoint[] {
  const member = result.net === null ? undefined : counted.get(result.net);
  const error = result[kind];
  if (member === undefined || error === null) return [];
  const { depth } = member.net;
  const costs = { depth, parameters: member.parameters, multiplyAdds: member.multiplyAdds };
  const { name, family } = result;
  return [{ name, family, depth, error, cost: costs[cost], joined: !BESIDE.includes(result.net) }];
}

/** Several nets together have no depth: bars, the lowest error last, as the paper's table has them. */
function Ensembles({ results }: { readonly results: readonly PaperResult[] }) {
  const most = Math.max(...results.map(({ top5 }) => top5 ?? 0));
  return (
    <table className="ensembles">
      <caption>{words.caption}</caption>
      <tbody>
        {results.map(({ name, family, top5 }) => (
          <tr key={name} className={netClass(family)} style={netStyle(depthLightness(family === 'plain' ? 20 : 152))}>
            <th scope="row">{name}</th>
            <td>
              <span className="bar" style={{ width: `${(100 * (top5 ?? 0)) / most}%` }} />
            </td>
            <td>{words.percent(top5 ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
