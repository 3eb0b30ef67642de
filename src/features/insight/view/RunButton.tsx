import { Play, X } from 'lucide-react';
import { say } from '../../../language/say.ts';
import { ProgressBar } from '../../../ui/controls/ProgressBar.tsx';
import type { Study } from '../use-insight.ts';
import styles from './run-button.module.css';

interface RunButtonProps {
  readonly study: Study;
  readonly measured: boolean;
  /** Measurements that are done, of all. */
  readonly done: number;
  readonly of: number;
}

/** Starts a study that takes seconds, shows its progress, and cancels it. */
export function RunButton({ study, measured, done, of }: RunButtonProps) {
  const { running } = study;
  const progress = say('insight.progress', { done, of });
  return (
    <>
      {running && (
        <>
          <ProgressBar label={progress} done={done} of={of} />
          <span className="fig-note">{progress}</span>
        </>
      )}
      {/* One element for both, which keeps the focus. */}
      <button
        type="button"
        className={`btn mini ${styles.run}`}
        title={running ? undefined : say('insight.cost')}
        onClick={running ? study.cancel : study.run}
      >
        {running ? <X size={12} aria-hidden /> : <Play size={12} aria-hidden />}
        <span>{running ? say('insight.cancel') : measured ? say('insight.again') : say('insight.run')}</span>
      </button>
    </>
  );
}
