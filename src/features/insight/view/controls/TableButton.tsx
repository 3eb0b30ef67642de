import { Table2 } from 'lucide-react';
import { INSIDE } from '../../strings.ts';

export interface TableButtonProps {
  /** Whether the numbers are shown now, and not the chart. */
  readonly table: boolean;
  readonly onChange: (table: boolean) => void;
}

/** Shows a figure's numbers in place of its chart, and back. */
export function TableButton({ table, onChange }: TableButtonProps) {
  const other = table ? INSIDE.showChart : INSIDE.showTable;
  return (
    <button
      type="button"
      className="fig-button square"
      aria-pressed={table}
      aria-label={other}
      title={other}
      onClick={() => onChange(!table)}
    >
      <Table2 aria-hidden />
    </button>
  );
}
