import type { ReactNode } from 'react';
import { netClass, netStyle } from '../../../charts/colours.ts';
import type { NetKind } from '../../../core/net/net.ts';
import styles from './presets.module.css';

interface InkProps {
  readonly family: NetKind;
  readonly tone: number;
  readonly children: ReactNode;
}

/** Draws in the colour of a net. */
export function Ink({ family, tone, children }: InkProps) {
  return (
    <g className={netClass(family)} style={netStyle(tone)}>
      {children}
    </g>
  );
}

const BETWEEN_WALLS = [
  { y: 16, x: 30, family: 'plain' },
  { y: 30, x: 38, family: 'residual' },
  { y: 44, x: 54, family: 'residual' },
  { y: 58, x: 70, family: 'plain' },
] as const;

/** The nets of the paper as bands, others between them. */
export function WallsSketch() {
  return (
    <>
      <path className={styles.axis} d="M6 74H108" />
      <Ink family="residual" tone={0.71}>
        <rect className={styles.layer} x={22} y={4} width={12} height={66} opacity={0.25} />
      </Ink>
      <Ink family="plain" tone={0.71}>
        <rect className={styles.layer} x={84} y={4} width={14} height={66} opacity={0.25} />
      </Ink>
      {BETWEEN_WALLS.map(({ x, y, family }) => (
        <Ink key={y} family={family} tone={0.71}>
          <path className={styles.thin} d={`M${x - 8} ${y}h18`} />
          {family === 'plain' ? (
            <rect className={styles.mark} x={x - 4} y={y - 4} width={8} height={8} />
          ) : (
            <circle className={styles.mark} cx={x} cy={y} r={4.2} />
          )}
        </Ink>
      ))}
    </>
  );
}

interface Arcs {
  readonly y: number;
  readonly span: number;
  readonly strength: number;
}

/** Arcs of three strengths. */
export const WEAKER: readonly Arcs[] = [
  { y: 22, span: 2, strength: 1 },
  { y: 50, span: 2, strength: 0.6 },
  { y: 78, span: 2, strength: 0.25 },
];
/** Arcs over one, two and three layers. */
export const SPANS: readonly Arcs[] = [
  { y: 22, span: 1, strength: 1 },
  { y: 50, span: 2, strength: 1 },
  { y: 78, span: 3, strength: 1 },
];
const SIX = [0, 1, 2, 3, 4, 5];
const LAYER_PITCH = 16;

/** Rows of six layers; each arc is over as many as it spans. */
export function Wires({ arcs }: { readonly arcs: readonly Arcs[] }) {
  return (
    <Ink family="residual" tone={0.6}>
      {arcs.map(({ y, span, strength }) => (
        <g key={y}>
          {SIX.map((layer) => (
            <rect
              key={layer}
              className={styles.layer}
              x={LAYER_PITCH * layer + 10}
              y={y - 8}
              width={10}
              height={10}
              rx={1.5}
              opacity={0.5}
            />
          ))}
          {SIX.slice(0, 6 / span).map((block) => (
            <path
              key={block}
              className={styles.arc}
              d={`M${8 + LAYER_PITCH * span * block} ${y - 3}c0 -18 ${LAYER_PITCH * span} -18 ${LAYER_PITCH * span} 0`}
              opacity={strength}
            />
          ))}
        </g>
      ))}
    </Ink>
  );
}

/** Plain nets of two depths on the left, residual ones on the right, as in figure 4. */
export function TwoFigures() {
  return (
    <>
      <path className={styles.axis} d="M4 8V74H52M62 8V74H110" />
      <Ink family="plain" tone={0.4}>
        <path className={styles.curve} d="M6 14C14 40 30 50 50 54" />
      </Ink>
      <Ink family="plain" tone={0.75}>
        <path className={styles.curve} d="M6 14C14 30 30 38 50 42" />
      </Ink>
      <Ink family="residual" tone={0.4}>
        <path className={styles.curve} d="M64 14C72 42 88 52 108 56" />
      </Ink>
      <Ink family="residual" tone={0.75}>
        <path className={styles.curve} d="M64 14C72 46 88 60 108 66" />
      </Ink>
    </>
  );
}

/** A ReLU behind each sum, on the shortcuts’ path; then none. */
export function Orders() {
  return (
    <Ink family="residual" tone={1}>
      {[28, 70].map((y) => (
        <g key={y}>
          <path className={styles.thin} d={`M4 ${y}H108`} />
          {[8, 42, 76].map((x) => (
            <g key={x}>
              <path className={styles.thin} d={`M${x} ${y}v-18h18v18`} />
              <rect className={styles.layer} x={x + 3} y={y - 23} width={12} height={10} rx={1.5} />
              {y === 28 && <rect className={styles.mark} x={x + 22} y={y - 5} width={6} height={10} />}
            </g>
          ))}
        </g>
      ))}
    </Ink>
  );
}

/** Without normalisation the plain net stays at chance, and the residual one diverges; the third net is normalised. */
export function Diverged() {
  return (
    <>
      <path className={styles.axis} d="M6 4V78H108" />
      <Ink family="plain" tone={0.71}>
        <path className={styles.curve} d="M6 22C40 24 74 24 106 26" />
      </Ink>
      <Ink family="residual" tone={0.71}>
        <path className={styles.curve} d="M6 22L12 20L17 5" />
        <path className={styles.curve} d="M6 22C24 46 52 62 106 70" />
      </Ink>
    </>
  );
}
