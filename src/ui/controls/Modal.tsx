import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { isComposed } from '../keys.ts';
import { useFocusReturn } from './focus-return.ts';
import styles from './Modal.module.css';

interface ModalProps {
  /** The button that opens it, where there is one. */
  readonly trigger?: ReactElement;
  readonly title: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly narrow?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/**
 * Gives the focus to the dialog itself: its title is read out first, and where its first control is a field, no keyboard
 * comes up on a phone and no key that is pressed changes it.
 */
export function focusDialog(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/**
 * Leaves Escape to what is smaller: an input method that composes, a number that is being typed, which takes it back, and
 * a `<dialog>` over this one. That is closed here, since the browser does so only by an Escape that nothing prevents.
 */
export function leaveEscape(event: KeyboardEvent): void {
  const isDraft = event.target instanceof Element && event.target.matches('[data-draft]');
  const over = document.querySelector<HTMLDialogElement>('dialog[open]');
  if (!isComposed(event) && !isDraft && over === null) return;
  event.preventDefault();
  if (!isComposed(event)) over?.close();
}

/** A dialog over the page: it takes the focus, and gives it back to where it was when it is closed. */
export function Modal({ trigger, title, open, onOpen, narrow = false, wide = false, children }: ModalProps) {
  const { remember, giveBack } = useFocusReturn();
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      {trigger !== undefined && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
      <Dialog.Portal>
        <Dialog.Overlay className={wide ? 'overlay veil' : 'overlay'} />
        <Dialog.Content
          className={`${styles.dialog} ${narrow ? styles.narrow : ''} ${wide ? styles.wide : ''}`}
          aria-describedby={undefined}
          onEscapeKeyDown={leaveEscape}
          onOpenAutoFocus={(event) => {
            remember();
            focusDialog(event);
          }}
          onCloseAutoFocus={giveBack}
        >
          <Dialog.Close className={`btn square ${styles.close}`} aria-label={say('page.close')}>
            <X size={16} aria-hidden />
          </Dialog.Close>
          <Dialog.Title asChild>
            <h2>{title}</h2>
          </Dialog.Title>
          <ErrorBoundary part={title}>{children}</ErrorBoundary>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
