import { BookOpen, CircleHelp, Code, Ellipsis, History, Presentation, Share2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useId, useRef, useState } from 'react';
import { sealedLanes } from '../../features/lesson/lesson-state.ts';
import { kerasCode, pytorchCode } from '../../features/share/code/code.ts';
import { notebookOf } from '../../features/share/code/notebook.ts';
import { writeLink } from '../../features/share/link.ts';
import { SlowButton } from '../../features/slow-motion/view/SlowControls.tsx';
import { useClassroom, useHidden, useLab, useLesson } from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import { focusDialog } from '../../ui/controls/Modal.tsx';
import { Sheet } from '../../ui/controls/Sheet.tsx';
import { goToAnchor } from '../../ui/go-to-anchor.ts';
import { saveFile } from '../../ui/save-file.ts';
import { PAPER_ID } from '../../ui/section-ids.ts';
import { usePhone } from '../../ui/use-screen.ts';
import type { DialogName } from '../Dialogs.tsx';
import { CopyLink } from './CopyLink.tsx';
import { DeviceChoice, SavedAt, useDeviceSentence } from './DeviceChoice.tsx';
import styles from './more.module.css';
import { PageLook } from './PageLook.tsx';
import { ResetButton, Speed } from './Transport.tsx';
import { type ThemeChoice, useTheme } from './use-theme.ts';

/** All that is not needed all the time: a menu under its button, or a sheet on a phone. */
export function MoreMenu({ onDialog }: { readonly onDialog: (dialog: DialogName) => void }) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const next = useRef<DialogName | typeof PAPER_ID | null>(null);
  const id = useId();
  const device = useDeviceSentence();
  const theme = useTheme();
  const go = (to: DialogName | typeof PAPER_ID) => {
    next.current = to;
    setOpen(false);
  };
  const close = (event: Event) => {
    event.preventDefault();
    button.current?.focus();
    // A dialog that opens before the menu has given the focus back would lose it.
    if (next.current === PAPER_ID) goToAnchor(PAPER_ID);
    else if (next.current !== null) onDialog(next.current);
    next.current = null;
  };
  const trigger = (
    <button
      ref={button}
      type="button"
      className="btn square"
      aria-label={say('page.more')}
      aria-describedby={id}
      aria-haspopup="dialog"
      aria-expanded={open}
      title={say('page.more')}
      onClick={phone ? () => setOpen(true) : undefined}
    >
      <Ellipsis size={18} aria-hidden />
    </button>
  );
  return (
    <>
      <div id={id} className="vh">
        <span>{device}</span>
        <SavedAt />
      </div>
      {phone ? (
        <>
          {trigger}
          <Sheet
            title={say('page.more')}
            closeWord={say('page.close')}
            open={open}
            onOpen={setOpen}
            edge="bottom"
            onCloseAutoFocus={close}
          >
            <Items theme={theme} onGo={go}>
              <div className={styles.training}>
                <ResetButton />
                <span className={styles.slow}>
                  <SlowButton onPress={() => setOpen(false)} />
                </span>
                <Speed />
              </div>
            </Items>
          </Sheet>
        </>
      ) : (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger asChild>{trigger}</Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className={`menu ${styles.popover}`}
              aria-label={say('page.more')}
              align="end"
              sideOffset={8}
              collisionPadding={8}
              onOpenAutoFocus={focusDialog}
              // Radix returns the focus to the button, and leaves it where a click outside has put it.
              onCloseAutoFocus={(event) => next.current !== null && close(event)}
            >
              <Items theme={theme} onGo={go} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </>
  );
}

interface ItemsProps {
  readonly theme: ThemeChoice;
  /** Opens a dialog, or goes to the section of the paper. */
  readonly onGo: (to: DialogName | typeof PAPER_ID) => void;
  readonly children?: ReactNode;
}

function Items({ theme, onGo, children }: ItemsProps) {
  const { store } = useLab();
  const lesson = useLesson();
  const { present } = useClassroom();
  const hidesPaper = useHidden().includes('family');
  const experiment = () => store.getState().experiment;
  const saveNotebook = () => {
    const link = writeLink(new URL(location.href), experiment()).href;
    // What the lesson has sealed is told by no file either.
    const sealed = sealedLanes(lesson.store.getState());
    const curves = [...store.getState().curves.values()].filter(({ lane }) => !sealed.includes(lane));
    saveFile('playground.ipynb', notebookOf(experiment(), curves, link));
  };
  return (
    <div className={styles.items}>
      {children}
      <button type="button" className={styles.item} onClick={() => onGo('runs')}>
        <History size={16} aria-hidden />
        <span>{say('page.runs')}</span>
      </button>
      {!hidesPaper && (
        <button type="button" className={styles.item} onClick={() => onGo(PAPER_ID)}>
          <BookOpen size={16} aria-hidden />
          <span>{say('page.sectionPaper')}</span>
        </button>
      )}
      <CopyLink />
      <button type="button" className={styles.item} onClick={() => onGo('share')}>
        <Share2 size={16} aria-hidden />
        <span>{say('classroom.shareItem')}</span>
      </button>
      <button type="button" className={styles.item} title={say('classroom.presentHint')} onClick={() => present(true)}>
        <Presentation size={16} aria-hidden />
        <span>{say('classroom.present')}</span>
      </button>
      <div className={styles.group}>
        <span className={styles.label}>{say('page.saveCode')}</span>
        <button
          type="button"
          className={styles.item}
          onClick={() => saveFile('playground.py', pytorchCode(experiment()))}
        >
          <Code size={16} aria-hidden />
          <span>{say('page.savePytorch')}</span>
        </button>
        <button
          type="button"
          className={styles.item}
          onClick={() => saveFile('playground_keras.py', kerasCode(experiment()))}
        >
          <Code size={16} aria-hidden />
          <span>{say('page.saveKeras')}</span>
        </button>
        <button type="button" className={styles.item} onClick={saveNotebook}>
          <Code size={16} aria-hidden />
          <span>{say('page.saveNotebook')}</span>
        </button>
        <p className={styles.note}>{say('page.saveNote')}</p>
      </div>
      <DeviceChoice />
      <PageLook theme={theme} />
      <button type="button" className={styles.item} onClick={() => onGo('help')}>
        <CircleHelp size={16} aria-hidden />
        <span>{say('page.help')}</span>
      </button>
    </div>
  );
}
