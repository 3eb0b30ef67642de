import { useMemo, useState } from 'react';
import { useWidth } from '../../../charts/plot-area.ts';
import { type ErrorPoint, ErrorsPlot } from '../../../charts/zoo/ErrorsPlot.tsx';
import type { ZooNet } from '../../../core/net/net.ts';
import { PAPER_RESULTS, type PaperNet, type PaperResult, type Protocol } from '../../../core/net/paper.ts';
import { makeGoogLeNet, makeImageNetNet, makeVgg } from '../../../core/net/zoo.ts';
import { semicolonJoined } from '../../../language/joining.ts';
import type { MessageKey } from '../../../language/messages.ts';
import { say } from '../../../language/say.ts';
import { listOf, sayIt } from '../../../language/sentence.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { type FamilyMember, memberOf, percentText } from './nets.ts';
import styles from './zoo.module.css';

const HEIGHT = 320;

type ErrorKind = 'top1' | 'top5';
type Cost = 'depth' | 'parameters' | 'multiplyAdds';

const NETS: Readonly<Record<PaperNet, () => ZooNet>> = {
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

interface ResultsFigureProps {
  /** How the errors were measured; ensembles have neither depth nor cost. */
  readonly protocol: Exclude<Protocol, 'ensemble'>;
}

/** The paper's errors against what the nets cost. */
export function ResultsFigure({ protocol }: ResultsFigureProps) {
  const [kind, setKind] = useState<ErrorKind>('top1');
  const [cost, setCost] = useState<Cost>('depth');
  const [attach, width] = useWidth<HTMLDivElement>();
  const counted = useMemo(
    () => new Map(Object.entries(NETS).map(([name, make]) => [name, memberOf(make())] as const)),
    [],
  );
  const results = PAPER_RESULTS[protocol].filter((result) => result[kind] !== null);
  const points = results.flatMap((result) => pointOf(result, kind, cost, counted));
  const notDrawn = results.filter(({ net }) => net === null).map((result) => resultText(result, kind));
  const { title, source } = WORDS[protocol];
  return (
    <section className={styles.figure} aria-label={say(title)}>
      <div className="fig-head">
        <h4>{say(title)}</h4>
      </div>
      <div className={styles.tools}>
        <SegmentedControl label={say('zoo.error')} value={kind} options={errorOptions()} onChange={setKind} />
        <SegmentedControl label={say('zoo.against')} value={cost} options={costOptions()} onChange={setCost} />
      </div>
      <div ref={attach} className={styles.plot}>
        {width !== null && (
          <ErrorsPlot
            points={points}
            log={cost !== 'depth'}
            axis={say(AXES[cost])}
            label={say('zoo.resultsChart', {
              error: kind === 'top1' ? say('zoo.top1') : say('zoo.top5'),
              points: semicolonJoined(points.map(pointText)),
            })}
            width={width}
            height={HEIGHT}
          />
        )}
      </div>
      {notDrawn.length > 0 && <p className="source">{say('zoo.notDrawn', { names: sayIt(listOf(notDrawn)) })}</p>}
      <p className="source">{say(source)}</p>
    </section>
  );
}

const WORDS = {
  'ten-crop': { title: 'zoo.resultsTenCropTitle', source: 'zoo.resultsTenCrop' },
  single: { title: 'zoo.resultsSingleTitle', source: 'zoo.resultsSingle' },
} as const;

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

function pointText({ name, error }: Pick<ErrorPoint, 'name' | 'error'>): string {
  return say('zoo.resultPoint', { name, error: percentText(error) });
}

/** "VGG (ILSVRC’14) 8.43%†": the paper marks what was measured on test images. */
function resultText(result: PaperResult, kind: ErrorKind): string {
  const error = percentText(result[kind], result.decimals);
  return say('zoo.resultPoint', { name: result.name, error: result.onTestImages ? `${error}†` : error });
}

const AXES = {
  depth: 'zoo.axisLayers',
  parameters: 'zoo.axisParameters',
  multiplyAdds: 'zoo.axisMultiplyAdds',
} as const satisfies Record<Cost, MessageKey>;

const errorOptions = () =>
  [
    { value: 'top1', text: say('zoo.top1') },
    { value: 'top5', text: say('zoo.top5') },
  ] as const;

const costOptions = () =>
  [
    { value: 'depth', text: say('zoo.byDepth') },
    { value: 'parameters', text: say('zoo.byParameters') },
    { value: 'multiplyAdds', text: say('zoo.byMultiplyAdds') },
  ] as const;
