import { Play, X } from 'lucide-react';
import { INSIDE } from '../../strings.ts';

export interface RunButtonProps {
  readonly running: boolean;
  readonly measured: boolean;
  readonly done: number;
  readonly of: number;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** Starts what takes a while, shows how far it is, and stops it. */
export function RunButton({ running, measured, done, of, onRun, onCancel }: RunButtonProps) {
  if (!running) {
    return (
      <button type="button" className="btn mini run" title={INSIDE.cost} onClick={onRun}>
        <Play size={12} aria-hidden />
        <span>{measured ? INSIDE.again : INSIDE.run}</span>
      </button>
    );
  }
  return (
    <>
      <progress className="inside-progress" value={done} max={Math.max(1, of)} aria-label={INSIDE.progress(done, of)} />
      <span className="fig-note">{INSIDE.progress(done, of)}</span>
      <button type="button" className="btn mini run" onClick={onCancel}>
        <X size={12} aria-hidden />
        <span>{INSIDE.cancel}</span>
      </button>
    </>
  );
}
