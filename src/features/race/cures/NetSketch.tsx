import { concatenates, type NetSpec, stageBlocks } from '../../../core/net/net.ts';
import styles from './cures.module.css';

/** In CSS pixels. A stage is drawn lower and darker than the one before, as its maps are smaller and deeper. */
const WIDTH = 124;
const HEIGHT = 17;
const WIDEST = 8;
const BETWEEN_STAGES = 4;
const TALLEST = 10;

/** A net in a line of text: a box for each block, an arc for each shortcut, fainter the weaker it is. */
export function NetSketch({ net }: { readonly net: NetSpec }) {
  const stages = stageBlocks(net);
  const blocks = stages.reduce((sum, each) => sum + each, 0);
  const pitch = Math.min(WIDEST, (WIDTH - BETWEEN_STAGES * (stages.length - 1)) / Math.max(1, blocks));
  const isDense = net.design === undefined && net.choices?.shortcut?.type === 'dense';
  const boxes = stages.flatMap((count, stage) => {
    const before = stages.slice(0, stage).reduce((sum, each) => sum + each, 0);
    const start = before * pitch + stage * BETWEEN_STAGES;
    return Array.from({ length: count }, (_, nth) => ({ x: start + nth * pitch, start, stage, block: before + nth }));
  });
  return (
    <svg className={styles.sketch} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {boxes.map(({ x, start, stage, block }) => {
        const height = TALLEST - 2 * stage;
        const from = isDense ? start : x;
        const gain = concatenates(net) ? 1 : (net.gains[block] ?? 0);
        return (
          <g key={block}>
            <rect
              className={styles.layers}
              x={x + pitch * 0.1}
              y={HEIGHT - height}
              width={pitch * 0.8}
              height={height}
              rx={1}
              opacity={0.3 + 0.25 * stage}
            />
            {gain > 0 && (
              <path
                className={styles.wire}
                d={`M${from} ${HEIGHT - height / 2}C${from} ${stage - 3} ${x + pitch} ${stage - 3} ${x + pitch} ${HEIGHT - height / 2}`}
                opacity={Math.min(1, 0.2 + 0.8 * gain)}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
