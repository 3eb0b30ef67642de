import { type CSSProperties, useId } from 'react';
import styles from './block.module.css';
import { type BlockPart, blockLayout } from './block-layout.ts';

interface BlockDiagramProps {
  readonly parts: readonly BlockPart[];
  /** In CSS pixels. */
  readonly width: number;
  /** What it shows, in words. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}

/** One block as papers draw it: its layers in a row from x to y, its shortcut over them. */
export function BlockDiagram({ parts, width, label, className = '', style }: BlockDiagramProps) {
  const { height, parts: placed, arrows, axis } = blockLayout(parts, width);
  const head = useId();
  return (
    <svg
      className={`${styles.block} ${className}`}
      style={style}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <marker id={head} viewBox="0 0 6 6" refX={5.5} refY={3} markerWidth={6} markerHeight={6} orient="auto">
          <path className={styles.head} d="M0 0L6 3L0 6z" />
        </marker>
      </defs>
      {arrows.map(({ path, gain, at }) => (
        <g key={path}>
          <path className={styles.arrow} data-off={gain === 0 || undefined} d={path} markerEnd={`url(#${head})`} />
          {gain !== undefined && gain !== 1 && (
            <text className={styles.gain} x={at.x} y={at.y}>
              {`× ${Math.round(gain * 100) / 100}`}
            </text>
          )}
        </g>
      ))}
      {placed.map(({ id, label: text, type, x, y, width: w, height: h, upright }) => {
        const [middle, centre] = [x + w / 2, y + h / 2];
        return (
          <g key={id} className={styles.part} data-type={type}>
            <rect x={x} y={y} width={w} height={h} rx={type === 'join' ? h / 2 : 3} />
            <text x={middle} y={centre} transform={upright ? `rotate(-90 ${middle} ${centre})` : undefined}>
              {text}
            </text>
          </g>
        );
      })}
      <text className={styles.end} x={1} y={axis + 4}>
        x
      </text>
      <text className={styles.end} x={width - 8} y={axis + 4}>
        y
      </text>
    </svg>
  );
}
