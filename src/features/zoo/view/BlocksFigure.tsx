import { useMemo } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { short } from '../../../core/format.ts';
import { say } from '../../../language/say.ts';
import { type BlockPlan, blockPlan, shapeText } from './nets.ts';
import styles from './zoo.module.css';

/** The basic block and the bottleneck, with the sizes of their tensors, and what they cost. */
export function BlocksFigure() {
  const [basic, bottleneck] = useMemo(() => [blockPlan(34), blockPlan(50)] as const, []);
  const wide = bottleneck.input[2];
  return (
    <section className={`${styles.figure} ${styles.blocks}`} aria-label={say('zoo.blocksTitle')}>
      <div className="fig-head">
        <h4>{say('zoo.blocksTitle')}</h4>
      </div>
      <div className={styles.pair}>
        <BlockDrawing title={say('zoo.basicBlock')} plan={basic} depth={34} />
        <BlockDrawing title={say('zoo.bottleneckBlock')} plan={bottleneck} depth={50} />
      </div>
      <p className="reading">
        {say('zoo.blocksEqual', {
          share: `${Math.round((100 * bottleneck.multiplyAdds) / basic.multiplyAdds)}%`,
          bottleneck: short(bottleneck.multiplyAdds),
          basic: short(basic.multiplyAdds),
        })}
      </p>
      <p className="reading">{say('zoo.blocksProjected', { projection: wide * wide, identity: bottleneck.weights })}</p>
      <p className="source">{say('zoo.blocksSource')}</p>
    </section>
  );
}

interface BlockDrawingProps {
  readonly title: string;
  readonly plan: BlockPlan;
  readonly depth: number;
}

const SIZE = { width: 240, tensor: 20, layer: 30, gap: 7 } as const;
/** Pixels of the widest tensor's bar; others are as wide as they have channels by comparison. */
const BAR = 150;
const MOST_CHANNELS = 256;

/** Tensors as bars as wide as their channels are many, layers between them, the shortcut at the side. */
function BlockDrawing({ title, plan: { input, layers, weights }, depth }: BlockDrawingProps) {
  const middle = SIZE.width / 2 - 16;
  const step = SIZE.tensor + SIZE.layer + 2 * SIZE.gap;
  const tensors = [input, ...layers.map(({ output }) => output)];
  const height = tensors.length * step - SIZE.layer + 14;
  const last = (tensors.length - 1) * step;
  const edge = middle + BAR / 2;
  const terms = layers.map(({ kernel, from, to }) => weightsTerm(kernel, from, to));
  return (
    <figure className={netClass('residual')} style={netStyle(depthLightness(depth))}>
      <figcaption>{title}</figcaption>
      <svg
        className={styles.block}
        viewBox={`0 0 ${SIZE.width} ${height}`}
        width={SIZE.width}
        height={height}
        aria-hidden="true"
      >
        <path
          className={styles.skip}
          d={`M${edge + 2} ${SIZE.tensor / 2}C${edge + 44} ${SIZE.tensor / 2} ${edge + 44} ${last + SIZE.tensor / 2} ${edge + 2} ${last + SIZE.tensor / 2}`}
        />
        {tensors.map((shape, index) => {
          const y = index * step;
          const width = (BAR * shape[2]) / MOST_CHANNELS;
          const layer = layers[index];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two tensors of a block may be alike
            <g key={index}>
              <rect className={styles.tensor} x={middle - width / 2} y={y} width={width} height={SIZE.tensor} rx={3} />
              <text
                className={shape[2] === MOST_CHANNELS ? styles.on : undefined}
                x={middle + (shape[2] === MOST_CHANNELS ? 0 : width / 2 + 6)}
                y={y + SIZE.tensor / 2}
                dy="0.35em"
                textAnchor={shape[2] === MOST_CHANNELS ? 'middle' : 'start'}
              >
                {shapeText(shape)}
              </text>
              {layer && (
                <>
                  <line x1={middle} x2={middle} y1={y + SIZE.tensor} y2={y + step} />
                  <rect
                    className={styles.op}
                    x={middle - 44}
                    y={y + SIZE.tensor + SIZE.gap}
                    width={88}
                    height={SIZE.layer}
                    rx={4}
                  />
                  <text x={middle} y={y + SIZE.tensor + SIZE.gap + SIZE.layer / 2} dy="0.35em" textAnchor="middle">
                    {`${layer.kernel}×${layer.kernel}, ${layer.from} → ${layer.to}`}
                  </text>
                </>
              )}
            </g>
          );
        })}
      </svg>
      <p>{say('zoo.weightsSum', { terms: terms.join(' + '), total: weights })}</p>
    </figure>
  );
}

/** "3²·64·64": the factors of a convolution's number of weights. */
function weightsTerm(kernel: number, from: number, to: number): string {
  return `${kernel === 1 ? '' : `${kernel}²·`}${from}·${to}`;
}
