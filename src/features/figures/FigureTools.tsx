import { type LucideIcon, Play, Table2, X } from 'lucide-react';
import { say } from '../../language/say.ts';
import { ProgressBar } from '../../ui/controls/ProgressBar.tsx';
import type { Study } from '../insight/use-insight.ts';
import styles from './figure.module.css';

interface FigureButtonProps {
  readonly icon: LucideIcon;
  /** What a screen reader calls it. */
  readonly label: string;
  /** Shown under the pointer. */
  readonly title: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** An icon in the head of a figure. */
export function FigureButton({ icon: Icon, label, title, pressed, onClick }: FigureButtonProps) {
  return (
    <button
      type="button"
      className="fig-button square"
      aria-pressed={pressed}
      aria-label={label}
      title={title}
      onClick={onClick}
    >
      <Icon aria-hidden />
    </button>
  );
}

interface TableButtonProps {
  /** Whether the table is shown now, and not the chart. */
  readonly table: boolean;
  readonly onChange: (table: boolean) => void;
}

/** Switches a figure between its chart and its numbers. */
export function TableButton({ table, onChange }: TableButtonProps) {
  const other = table ? say('insight.showChart') : say('insight.showTable');
  return <FigureButton icon={Table2} label={other} title={other} pressed={table} onClick={() => onChange(!table)} />;
}

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
