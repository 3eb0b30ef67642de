import { useMemo } from 'react';
import type { NetSpec } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { type Box, stripGeometry } from '../strip/geometry.ts';
import type { Ruler } from '../strip/ruler.ts';
import { shapeOf } from '../strip/shape.ts';
import styles from './lanes.module.css';

interface SealedRowProps {
  readonly net: NetSpec;
  readonly ruler: Ruler;
  /** The step at which it is opened. */
  readonly opens: number;
}

/** A net that the lesson trains along without showing it: the outlines of its layers, and when it opens. */
export function SealedRow({ net, ruler, opens }: SealedRowProps) {
  const { width, height, axis, stem, heads, layers, blocks } = useMemo(
    () => stripGeometry(shapeOf(net), ruler),
    [net, ruler],
  );
  const boxes = [stem, ...layers.map(({ box }) => box), ...blocks.flatMap(({ bars }) => bars), ...heads];
  return (
    <section className={`${styles.lane} ${styles.sealed}`} aria-label={say('lesson.sealed')}>
      <div className={styles.net}>
        <div className={styles.name}>
          <h3>{say('lesson.sealed')}</h3>
          <span className={styles.fact}>{say('lesson.sealedAbout', { step: opens })}</span>
          <span />
        </div>
        <svg width={width} height={height} aria-hidden="true" data-wired>
          <path d={`M3 ${axis}H${width - 3}`} />
          {boxes.map((box) => (
            <Outline key={box.x} {...box} />
          ))}
        </svg>
      </div>
      <span />
      <span className={styles.opens}>{say('lesson.opensAt', { step: opens })}</span>
      <div className={styles.number}>
        <span>?</span>
      </div>
    </section>
  );
}

function Outline(box: Box) {
  return <rect {...box} rx={1.5} />;
}
