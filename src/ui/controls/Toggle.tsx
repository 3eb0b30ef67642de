import { Switch } from 'radix-ui';
import styles from './Toggle.module.css';

interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for is on and some off; it then counts as on. */
  readonly mixed?: boolean;
  readonly busy?: boolean;
  /** The id of what says more of its state. */
  readonly describedBy?: string;
  readonly onChange: (checked: boolean) => void;
}

/** A switch between on and off, which may also stand for several things of which only some are on. */
export function Toggle({ label, checked, mixed = false, busy = false, describedBy, onChange }: ToggleProps) {
  return (
    <Switch.Root
      data-mixed={mixed || undefined}
      className={mixed ? `${styles.switch} ${styles.mixed}` : styles.switch}
      aria-label={label}
      aria-busy={busy}
      aria-describedby={describedBy}
      checked={checked}
      onCheckedChange={onChange}
    />
  );
}
