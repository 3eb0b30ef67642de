import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { CSSProperties, ReactNode } from 'react';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { useSwipeDown } from '../use-swipe-down.ts';
import { useFocusReturn } from './focus-return.ts';
import { focusDialog, leaveEscape } from './Modal.tsx';
import styles from './sheet.module.css';

interface SheetProps {
  readonly title: string;
  /** What the button that closes it is called. */
  readonly closeWord: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** At the lower edge of the window, as phones have it, or at its left. */
  readonly edge: 'bottom' | 'left';
  /** Where the focus goes when it is closed; back to where it was if left out. */
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** When it is closed and has given the focus back. */
  readonly onClosed?: () => void;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/** A dialog at an edge of the window. At the lower edge it can be pulled down and away. */
export function Sheet(props: SheetProps) {
  const { title, closeWord, open, onOpen, edge, className = '', style, children } = props;
  const { remember, giveBack } = useFocusReturn();
  const { drop, handle } = useSwipeDown(() => onOpen(false));
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay pale" />
        <Dialog.Content
          className={`${styles.sheet} ${edge === 'left' ? styles.left : styles.bottom} ${className}`}
          style={{ ...style, translate: `0 ${drop}px` }}
          aria-describedby={undefined}
          onEscapeKeyDown={leaveEscape}
          onOpenAutoFocus={(event) => {
            remember();
            focusDialog(event);
          }}
          onCloseAutoFocus={(event) => {
            (props.onCloseAutoFocus ?? giveBack)(event);
            props.onClosed?.();
          }}
        >
          <div className={styles.head} {...(edge === 'bottom' ? handle : {})}>
            <Dialog.Title asChild>
              <h2>{title}</h2>
            </Dialog.Title>
            <Dialog.Close
              className="btn square"
              aria-label={closeWord}
              onPointerDown={(event) => event.stopPropagation()}
            >
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <ErrorBoundary part={title}>{children}</ErrorBoundary>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
