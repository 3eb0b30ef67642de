import { useMemo } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import type { ShortcutType } from '../../../core/net/net.ts';
import { PAPER_RESULTS } from '../../../core/net/paper.ts';
import { makeImageNetNet } from '../../../core/net/zoo.ts';
import type { MessageKey } from '../../../language/messages.ts';
import { say } from '../../../language/say.ts';
import { memberOf, percentText, shapeText } from './nets.ts';
import styles from './zoo.module.css';

const OPTIONS: readonly ShortcutType[] = ['A', 'B', 'C'];

const ABOUT = {
  A: 'zoo.optionA',
  B: 'zoo.optionB',
  C: 'zoo.optionC',
} as const satisfies Record<ShortcutType, MessageKey>;

/** What a shortcut is where the map halves and its channels double. */
export function OptionsFigure() {
  const costs = useMemo(
    () => OPTIONS.map((option) => memberOf(makeImageNetNet('residual', 34, { option })).parameters),
    [],
  );
  const [from, to] = useMemo(() => {
    const { nodes } = buildGraph(makeImageNetNet('residual', 34), 224, 1000);
    const shapeOf = (wanted: string) => nodes.find(({ name }) => name === wanted)?.shape ?? [0, 0, 0];
    return [shapeOf('stage1.block3.relu'), shapeOf('stage2.block1.relu')] as const;
  }, []);
  return (
    <section className={styles.figure} aria-label={say('zoo.optionsTitle')}>
      <div className="fig-head">
        <h4>{say('zoo.optionsTitle')}</h4>
      </div>
      <div className={styles.options}>
        {OPTIONS.map((option, index) => {
          const error = PAPER_RESULTS['ten-crop'].find(({ name }) => name === `ResNet-34 ${option}`)?.top1;
          return (
            <figure key={option} className={netClass('residual')} style={netStyle(depthLightness(34))}>
              <figcaption>{say('zoo.option', { option })}</figcaption>
              <OptionDrawing option={option} from={from} to={to} />
              <p>{say(ABOUT[option])}</p>
              <p>{costOfOption((costs[index] ?? 0) - (costs[0] ?? 0), error)}</p>
            </figure>
          );
        })}
      </div>
      <p className="reading">{say('zoo.optionsReading')}</p>
      <p className="source">{say('zoo.optionsSource')}</p>
    </section>
  );
}

function costOfOption(extra: number, top1: number | null | undefined): string {
  const error = percentText(top1 ?? null);
  return extra === 0 ? say('zoo.optionFree', { error }) : say('zoo.optionCost', { extra, error });
}

interface OptionDrawingProps {
  readonly option: ShortcutType;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The input as a bar of its channels, and the output's: what was copied, what is zero, what was learned. */
function OptionDrawing({ option, from, to }: OptionDrawingProps) {
  const [narrow, wide] = [70, 140];
  return (
    <svg className={styles.option} viewBox="0 0 150 96" width={150} height={96} aria-hidden="true">
      <rect className={styles.tensor} x={5} y={0} width={narrow} height={18} rx={3} />
      <text className={styles.on} x={5 + narrow / 2} y={9} dy="0.35em" textAnchor="middle">
        {shapeText(from)}
      </text>
      {option === 'A' ? (
        <>
          <path className={`${styles.skip} ${styles.grows}`} d={`M6 20V74M${4 + narrow} 20V74`} />
          <text x={5 + narrow / 2} y={47} dy="0.35em" textAnchor="middle">
            /2
          </text>
          <rect className={styles.zeros} x={5 + narrow} y={76} width={narrow} height={18} rx={3} />
          <text x={5 + narrow * 1.5} y={85} dy="0.35em" textAnchor="middle">
            0
          </text>
          <rect className={styles.tensor} x={5} y={76} width={narrow} height={18} rx={3} />
        </>
      ) : (
        <>
          <path className={styles.fan} d={`M5 20H${5 + narrow}L${5 + wide} 74H5Z`} />
          <text x={5 + narrow * 0.75} y={47} dy="0.35em" textAnchor="middle">
            1×1, /2
          </text>
          <rect className={styles.tensor} x={5} y={76} width={wide} height={18} rx={3} />
          <text className={styles.on} x={5 + wide / 2} y={85} dy="0.35em" textAnchor="middle">
            {shapeText(to)}
          </text>
        </>
      )}
    </svg>
  );
}
