import { Ellipsis } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './head.module.css';

interface FigureMenuProps {
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * Three dots that open a panel with the controls that a figure needs seldom. It stays within its figure, so that the
 * controls find it; Escape, or a press or the focus elsewhere, closes it.
 */
export function FigureMenu({ label, children }: FigureMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      const within = target instanceof Element && (root.current?.contains(target) || target.closest('[role="menu"]'));
      if (!within) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only closes what its button has opened
    <div
      ref={root}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        root.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        className="fig-button square"
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <Ellipsis aria-hidden />
      </button>
      <div id={panel} className={styles.panel} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
