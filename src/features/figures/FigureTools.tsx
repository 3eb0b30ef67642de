import { type LucideIcon, Table2 } from 'lucide-react';
import { say } from '../../language/say.ts';

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
