import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, MouseEvent, RefObject } from 'react';

/**
 * A button that keeps the focus while it is disabled: browsers take it from one that has the attribute `disabled`, and leave
 * it nowhere. For each button that its own press can disable.
 */
export function Button({ disabled = false, onClick, ...rest }: Omit<ComponentProps<'button'>, 'type'>) {
  return (
    <button type="button" aria-disabled={disabled || undefined} onClick={disabled ? undefined : onClick} {...rest} />
  );
}

interface IconButtonProps {
  readonly icon: LucideIcon;
  /** What it does: shown under the pointer, and read out. */
  readonly label: string;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  /** Whether a key that is held does it once: it passes the focus on to a button that would do it again. */
  readonly once?: boolean;
}

/** A small button that shows a sign alone. */
export function IconButton({ icon: Icon, label, onClick, once = false }: IconButtonProps) {
  return (
    <button
      type="button"
      className="btn mini square"
      aria-label={label}
      title={label}
      onClick={onClick}
      onKeyDown={(event) => {
        if (once && event.repeat && event.key === 'Enter') event.preventDefault();
      }}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

interface FileFieldProps {
  /** Click what this refers to, and the browser asks for a file. */
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly accept: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly onFile: (file: File) => void;
}

/** A hidden input for one file of the user's: a button or a menu opens it. */
export function FileField({ ref, accept, label, onFile }: FileFieldProps) {
  return (
    <input
      ref={ref}
      type="file"
      accept={accept}
      hidden
      aria-label={label}
      onChange={({ target }) => {
        const file = target.files?.[0];
        // The same file may be chosen again.
        target.value = '';
        if (file !== undefined) onFile(file);
      }}
    />
  );
}
