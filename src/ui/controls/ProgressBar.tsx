import styles from './ProgressBar.module.css';

interface ProgressBarProps {
  /** What is in progress, for screen readers. */
  readonly label: string;
  readonly done: number;
  /** How much there is to do; of 0 nothing is done yet, since browsers take it for 1. */
  readonly of: number;
}

/** How much of something that takes a while is done. */
export function ProgressBar({ label, done, of }: ProgressBarProps) {
  return <progress className={styles.progress} value={done} max={of} aria-label={label} />;
}
