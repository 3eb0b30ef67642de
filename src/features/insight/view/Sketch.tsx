import type { ReactNode } from 'react';
import { netClass, netStyle } from '../../../charts/colours.ts';
import type { FigureName } from '../probes/probes.ts';
import styles from './look-inside.module.css';

const WIDTH = 144;
const HEIGHT = 72;
const FLOOR = 66;

/** A drawing of a figure on its card. It shows no measured value, and says nothing to a screen reader. */
export function Sketch({ figure }: { readonly figure: FigureName }) {
  return (
    <svg className={styles.sketch} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {DRAWINGS[figure]}
    </svg>
  );
}

const PLAIN = { className: netClass('plain'), style: netStyle(0.7) };
const RESIDUAL = { className: netClass('residual'), style: netStyle(0.7) };

function Axes() {
  return <path className={styles.axes} d={`M4 4V${FLOOR}H${WIDTH - 4}`} />;
}

/** A map of 5 × 5 signed values in -1 .. 1, drawn at x. */
function SignedMap({ x, seed }: { readonly x: number; readonly seed: number }) {
  const cells = Array.from({ length: 25 }, (_, at) => Math.sin((at + 1) * seed));
  return cells.map((value, at) => (
    <rect
      // A cell is its place.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      key={at}
      x={x + 7.5 * (at % 5)}
      y={18 + 7.5 * Math.floor(at / 5)}
      width={7}
      height={7}
      fill={value < 0 ? 'var(--neg)' : 'var(--pos)'}
      opacity={0.08 + 0.8 * value * value}
    />
  ));
}

/** Bars of these heights from a floor. */
function Bars({
  heights,
  floor,
  step = 20,
}: {
  readonly heights: readonly number[];
  readonly floor: number;
  readonly step?: number;
}) {
  return heights.map((height, at) => (
    <rect
      // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
      key={at}
      className={styles.fill}
      x={12 + step * at}
      y={floor - height}
      width={Math.min(10, step - 3)}
      height={height}
    />
  ));
}

const DRAWINGS: Readonly<Record<FigureName, ReactNode>> = {
  features: (
    <>
      <SignedMap x={0} seed={2.3} />
      <text x={44} y={40} textAnchor="middle">
        +
      </text>
      <SignedMap x={51} seed={3.7} />
      <text x={96} y={40} textAnchor="middle">
        =
      </text>
      <SignedMap x={103} seed={5.1} />
    </>
  ),
  gradients: (
    <>
      <Axes />
      <g {...PLAIN}>
        <path className={`${styles.line} ${styles.dashed}`} d="M8 10C40 30 70 50 138 58" />
      </g>
      <text className={styles.question} x={80} y={28} textAnchor="middle">
        ?
      </text>
    </>
  ),
  branches: (
    <>
      <Axes />
      <path className={styles.axes} d="M4 34H140" />
      <g {...RESIDUAL}>
        {Array.from({ length: 15 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
          <circle key={at} className={styles.fill} cx={10 + 9 * at} cy={56 - 46 / (1 + 0.55 * at)} r={2.6} />
        ))}
      </g>
    </>
  ),
  lesions: (
    <>
      <path className={styles.axes} d="M4 30H140M4 66H140" />
      <g {...PLAIN}>
        <Bars heights={[18, 22, 14, 26, 12, 20, 16]} floor={30} step={19} />
      </g>
      <g {...RESIDUAL}>
        <Bars heights={[16, 3, 2, 4, 2, 3, 5]} floor={66} step={19} />
      </g>
    </>
  ),
  responses: (
    <>
      <Axes />
      <g {...PLAIN}>
        <path className={styles.line} d="M8 22L30 30L52 20L74 28L96 22L118 30L138 24" />
      </g>
      <g {...RESIDUAL}>
        <path className={styles.line} d="M8 26L30 44L52 40L74 50L96 46L118 54L138 50" />
      </g>
    </>
  ),
  correlation: (
    <g {...RESIDUAL}>
      <path className={styles.line} d="M40 62L104 48M96 44L104 48L97 54M40 62L72 14M64 18L72 14L73 23" />
      <path className={styles.axes} d="M64 57A26 26 0 0 0 55 40" />
    </g>
  ),
  shattering: (
    <>
      <Axes />
      <g {...PLAIN}>
        <path className={styles.line} d="M6 8L18 44L30 58L44 52L58 62L74 55L92 61L112 56L138 60" />
      </g>
      <g {...RESIDUAL}>
        <path className={styles.line} d="M6 8C40 14 60 34 90 46S130 52 138 54" />
      </g>
    </>
  ),
  random: (
    <>
      <Axes />
      <g {...PLAIN}>
        <path className={styles.band} d="M6 46L40 20L80 12L138 8V22L80 30L40 40Z" />
        <path className={styles.line} d="M6 46L40 30L80 20L138 14" />
      </g>
      <g {...RESIDUAL}>
        <path className={styles.line} d="M6 52L40 48L80 42L138 32" />
      </g>
    </>
  ),
  paths: (
    <>
      <path className={styles.axes} d={`M4 ${FLOOR}H140`} />
      <g {...RESIDUAL}>
        <Bars heights={[1, 4, 12, 28, 46, 54, 46, 28, 12, 4, 1]} floor={FLOOR} step={11.5} />
      </g>
    </>
  ),
  landscape: (
    <g {...RESIDUAL}>
      {[34, 25, 16, 8].map((radius) => (
        <ellipse key={radius} className={styles.line} cx={72} cy={36} rx={1.7 * radius} ry={radius} opacity={0.75} />
      ))}
      <path className={styles.axes} d="M68 36H76M72 32V40" />
    </g>
  ),
};
