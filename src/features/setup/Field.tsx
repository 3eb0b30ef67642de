import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { say } from '../../language/say.ts';
import { focusDialog } from '../../ui/controls/Modal.tsx';
import styles from './lab.module.css';

export interface FieldProps {
  readonly label: string;
  /** What the option does, in a sentence, and where that is from. */
  readonly hint: string;
  readonly children: ReactNode;
}

/** An option of the lab or of a dialog: its name, a "?" that explains it, and the control. */
export function Field({ label, hint, children }: FieldProps) {
  return (
    <div className="form-row">
      <span className={styles.label}>
        <span>{label}</span>
        <Hint about={label} text={hint} />
      </span>
      {children}
    </div>
  );
}

function Hint({ about, text }: { readonly about: string; readonly text: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className={styles.hint} aria-label={say('setup.about', { name: about })}>
          <span aria-hidden="true">?</span>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`menu ${styles.hintText}`}
          aria-label={about}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={focusDialog}
        >
          <p>{text}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
