import type { LucideIcon } from 'lucide-react';

export interface SignButtonProps {
  readonly sign: LucideIcon;
  /** What it does: shown under the pointer, and read out. */
  readonly label: string;
  readonly onClick: () => void;
}

/** A small button that shows a sign alone. */
export function SignButton({ sign: Sign, label, onClick }: SignButtonProps) {
  return (
    <button type="button" className="btn mini square" aria-label={label} title={label} onClick={onClick}>
      <Sign size={14} aria-hidden />
    </button>
  );
}
