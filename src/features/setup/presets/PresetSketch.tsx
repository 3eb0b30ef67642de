import type { ReactNode } from 'react';
import type { PresetName } from '../../../core/experiment/presets.ts';
import type { NetKind } from '../../../core/net/net.ts';
import { Diverged, Ink, Orders, SPANS, TwoFigures, WallsSketch, WEAKER, Wires } from './DesignSketches.tsx';
import styles from './presets.module.css';

/** A small drawing for the card of a preset: what is compared, not what was measured. */
export function PresetSketch({ preset }: { readonly preset: PresetName }) {
  return (
    <svg className={styles.sketch} viewBox="0 0 112 84" aria-hidden="true">
      {drawingOf(preset)}
    </svg>
  );
}

function drawingOf(preset: PresetName): ReactNode {
  switch (preset) {
    case 'degradation':
      return (
        <Curves
          deepPlain="M6 12L14 24L24 25C50 28 74 36 106 38"
          shallow="M6 12C22 42 50 62 106 74"
          deepResidual="M6 12C24 40 52 58 106 68"
          tone={0.71}
        />
      );
    case 'deep':
      return (
        <Curves
          deepPlain="M6 12C30 20 60 21 106 24"
          shallow="M6 12C20 44 50 62 106 70"
          deepResidual="M6 12C22 38 50 58 106 63"
          tone={1}
        />
      );
    case 'twins':
      return (
        <>
          <path className={styles.axis} d="M2 26H110M2 64H110" />
          <Blocks family="plain" y={26} />
          <Blocks family="residual" y={64} />
        </>
      );
    case 'sweep':
      return <Sweep />;
    case 'options':
      return <Options />;
    case 'bottleneck':
      return <Bottleneck />;
    case 'family':
      return <Columns />;
    case 'tiny':
      return <CoarseFace />;
    case 'cures':
      return <WallsSketch />;
    case 'no-norm':
      return <Diverged />;
    case 'weaker-wires':
      return <Wires arcs={WEAKER} />;
    case 'spans':
      return <Wires arcs={SPANS} />;
    case 'figure-4':
      return <TwoFigures />;
    case 'preactivation':
      return <Orders />;
    default:
      return preset satisfies never;
  }
}

interface CurvesProps {
  readonly deepPlain: string;
  readonly shallow: string;
  readonly deepResidual: string;
  readonly tone: number;
}

function Curves({ deepPlain, shallow, deepResidual, tone }: CurvesProps) {
  return (
    <>
      <path className={styles.axis} d="M6 4V78H108" />
      <Ink family="plain" tone={tone}>
        <path className={styles.curve} d={deepPlain} />
      </Ink>
      <Ink family="plain" tone={0}>
        <path className={styles.curve} d={shallow} />
      </Ink>
      <Ink family="residual" tone={tone}>
        <path className={styles.curve} d={deepResidual} />
      </Ink>
    </>
  );
}

const SEVEN = [0, 1, 2, 3, 4, 5, 6];

function Blocks({ family, y }: { readonly family: NetKind; readonly y: number }) {
  return (
    <Ink family={family} tone={0.47}>
      {SEVEN.map((index) => {
        const x = 7 + 14 * index;
        return (
          <g key={index}>
            <rect
              className={styles.layer}
              x={x}
              y={y - 9}
              width={11}
              height={18}
              rx={1.5}
              opacity={0.3 + 0.1 * index}
            />
            {family === 'residual' && <path className={styles.arc} d={`M${x - 1.5} ${y}c0 -20 14 -20 14 0`} />}
          </g>
        );
      })}
    </Ink>
  );
}

const SWEEP = [
  { x: 14, plain: 62, residual: 62 },
  { x: 28, plain: 58, residual: 64 },
  { x: 42, plain: 50, residual: 66 },
  { x: 60, plain: 38, residual: 65 },
  { x: 80, plain: 26, residual: 64 },
  { x: 102, plain: 16, residual: 62 },
];

function Sweep() {
  return (
    <>
      <path className={styles.axis} d="M6 4V78H108" />
      <Ink family="plain" tone={0.6}>
        <polyline className={styles.thin} points={SWEEP.map(({ x, plain }) => `${x},${plain}`).join(' ')} />
      </Ink>
      <Ink family="residual" tone={0.6}>
        <polyline className={styles.thin} points={SWEEP.map(({ x, residual }) => `${x},${residual}`).join(' ')} />
      </Ink>
      {SWEEP.map(({ x, plain, residual }, index) => (
        <g key={x}>
          <Ink family="plain" tone={index / 5}>
            <rect className={styles.mark} x={x - 3} y={plain - 3} width={6} height={6} />
          </Ink>
          <Ink family="residual" tone={index / 5}>
            <circle className={styles.mark} cx={x} cy={residual} r={3.3} />
          </Ink>
        </g>
      ))}
    </>
  );
}

function Options() {
  return (
    <>
      {['A', 'B', 'C'].map((option, index) => {
        const x = 8 + 36 * index;
        return (
          <g key={option}>
            <text className={styles.letter} x={x + 12} y={26}>
              {option}
            </text>
            <Ink family="residual" tone={0.47}>
              <rect className={styles.layer} x={x} y={46} width={9} height={24} rx={1.5} opacity={0.4} />
              <rect className={styles.layer} x={x + 13} y={52} width={9} height={14} rx={1.5} opacity={0.8} />
              <path
                className={styles.arc}
                d={`M${x - 3} 59C${x - 3} 22 ${x + 27} 22 ${x + 27} 59`}
                strokeDasharray={option === 'A' ? '4 3' : undefined}
              />
            </Ink>
          </g>
        );
      })}
    </>
  );
}

const THIN_BLOCK = [
  { x: 20, height: 34, kernel: '1×1' },
  { x: 48, height: 14, kernel: '3×3' },
  { x: 76, height: 34, kernel: '1×1' },
];

function Bottleneck() {
  return (
    <>
      <path className={styles.axis} d="M4 46H108" />
      {THIN_BLOCK.map(({ x, height, kernel }) => (
        <g key={x}>
          <Ink family="residual" tone={0.6}>
            <rect className={styles.layer} x={x} y={46 - height / 2} width={16} height={height} rx={2} opacity={0.6} />
          </Ink>
          <text className={styles.kernel} x={x + 8} y={79}>
            {kernel}
          </text>
        </g>
      ))}
      <Ink family="residual" tone={0.6}>
        <path className={styles.arc} d="M10 46C10 4 102 4 102 46" />
      </Ink>
    </>
  );
}

const COLUMNS = [
  { x: 14, layers: 19, family: 'plain', tone: 0.5 },
  { x: 46, layers: 34, family: 'plain', tone: 0.72 },
  { x: 78, layers: 34, family: 'residual', tone: 0.72 },
] as const;

function Columns() {
  return (
    <>
      {COLUMNS.map(({ x, layers, family, tone }) => (
        <Ink key={x} family={family} tone={tone}>
          {Array.from({ length: layers }, (_, layer) => 3 + 2.3 * layer).map((y, layer) => (
            <rect
              key={y}
              className={styles.mark}
              x={x}
              y={y}
              width={20}
              height={1.7}
              opacity={0.3 + (0.6 * layer) / layers}
            />
          ))}
          {family === 'residual' &&
            Array.from({ length: 8 }, (_, arc) => 6 + 9.2 * arc).map((y) => (
              <path key={y} className={styles.thin} d={`M98 ${y}q9 4.6 0 9.2`} />
            ))}
        </Ink>
      ))}
    </>
  );
}

/** A smile on 8 by 8 pixels: # is a feature, + the face. */
const FACE = ['  ++++  ', ' ++++++ ', '++#++#++', '++#++#++', '++++++++', '+#++++#+', ' +####+ ', '  ++++  '];

/** A path with a square for each of these pixels. */
function squares(wanted: string): string {
  return FACE.flatMap((line, row) =>
    [...line].map((pixel, column) =>
      wanted.includes(pixel) ? `M${21 + 9 * column} ${6 + 9 * row}h8.5v8.5h-8.5z` : '',
    ),
  ).join('');
}

function CoarseFace() {
  return (
    <>
      <path className={styles.face} d={squares('+')} />
      <path className={styles.feature} d={squares('#')} />
    </>
  );
}
