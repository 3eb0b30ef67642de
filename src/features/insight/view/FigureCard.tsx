import { useId } from 'react';
import { say } from '../../../language/say.ts';
import { useInsight, useInsightState, useLabState } from '../../use-stores.ts';
import { type FigureName, figureText } from '../probes/probes.ts';
import styles from './look-inside.module.css';
import { Sketch } from './Sketch.tsx';

/** A figure before it is measured: its question, what it measures, and a sketch of what it looks like. */
export function FigureCard({ name }: { readonly name: FigureName }) {
  const { question, about } = figureText(name);
  const insight = useInsight();
  const pinned = useInsightState((state) => state.pinned === name);
  const ready = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  const heading = useId();
  return (
    <article className={styles.card} aria-labelledby={heading}>
      <Sketch figure={name} />
      <div>
        <h3 id={heading}>{question}</h3>
        <p>{about}</p>
        <div className={styles.buttons}>
          <button
            type="button"
            className={`btn ${styles.measure}`}
            aria-label={say('insight.measureFigure', { question })}
            title={ready ? undefined : say('insight.waiting')}
            disabled={!ready}
            onClick={() => insight.openFigure(name)}
          >
            {say('insight.measure')}
          </button>
          <button
            type="button"
            className={`btn ${styles.pin}`}
            aria-label={pinned ? say('insight.unpinFigure', { question }) : say('insight.pinFigure', { question })}
            disabled={!ready}
            onClick={() => insight.pin(pinned ? null : name)}
          >
            {pinned ? say('insight.unpin') : say('insight.pin')}
          </button>
        </div>
      </div>
    </article>
  );
}
