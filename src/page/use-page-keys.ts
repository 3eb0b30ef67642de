import { useEffect } from 'react';
import { trainingWaits } from '../features/lesson/lesson-state.ts';
import type { Stores } from '../features/stores.ts';
import { followFocus, mayBeOpen } from '../ui/focus.ts';
import { isComposed } from '../ui/keys.ts';
import { isSpace, type PageKey, pageKeyOf } from './page-key.ts';
import { DIGITS, pageTurnOf, TYPED_INTO } from './page-turn.ts';

/** Over the page: its keys rest while one of these is open. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"]';
/** What Space belongs to where the focus came by keyboard. */
const PRESSED_BY_SPACE = 'button, summary, a, [role="switch"], [role="radio"], [role="option"], [role="listbox"]';

/**
 * Space trains and pauses, s makes one round, r starts over, u undoes that, l opens and closes the lab where the page has
 * one, f presents the page and ends that, as Escape does, ? helps. In the lesson, Page Down and Right go on, Page Up and
 * Left go back.
 *
 * Whose a key is: while a dialog or menu is open, and in a field that is typed into, the page has none. A field of digits
 * leaves it a clicker's keys and, in a presentation, Space: who has counted hands wants to train. What was typed takes
 * effect before. Where the focus came by keyboard, Space is the control's that has it. Where it came by pointer, Space is
 * the page's: who clicked an arc and presses Space wants to train, not to undo the click.
 */
export function usePageKeys(
  { lab, lesson, classroom }: Pick<Stores, 'lab' | 'lesson' | 'classroom'>,
  onHelp: () => void,
  onLab: (() => void) | null,
): void {
  useEffect(() => {
    const focus = followFocus();
    let tookSpace = false;
    let endsPresenting = false;
    const act = (key: PageKey) => {
      const { presenting } = classroom.store.getState();
      const { training, open } = lab.store.getState();
      const waits = trainingWaits(lesson.store.getState(), lab.store.getState()) !== null;
      if (waits && !training && (key === 'train' || key === 'step')) lesson.refuse(key);
      else if (key === 'train' && open) training ? lab.pause() : lab.train();
      else if (key === 'step' && open && !training) lab.step(1);
      else if (key === 'reset') lab.reset();
      else if (key === 'undo') lab.undo();
      else if (key === 'present') classroom.present(!presenting);
      else if (presenting) return;
      else if (key === 'lab') onLab?.();
      else if (key === 'help') onHelp();
    };
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      endsPresenting = false;
      if (event.defaultPrevented || document.querySelector(OVERLAYS) !== null) return;
      const turn = pageTurnOf(event, target);
      if (turn !== null && lesson.store.getState().on) {
        event.preventDefault();
        event.stopPropagation();
        leaveDigits(target);
        if (!event.repeat) turn === 'forward' ? lesson.forward() : lesson.back();
        return;
      }
      if (event.key === 'Enter' && event.repeat && target?.closest('button')) event.preventDefault();
      const isTyped = target?.closest(TYPED_INTO) != null;
      endsPresenting = event.key === 'Escape' && !isComposed(event) && !isTyped;
      const key = pageKeyOf(event);
      const space = isSpace(event) && !event.ctrlKey && !event.altKey && !event.metaKey && !isComposed(event);
      const { presenting } = classroom.store.getState();
      const isOfDigits = space && presenting && target?.matches(DIGITS) === true;
      if ((key === null && !space) || (!isOfDigits && isControls(target, space, focus.byPointer()))) return;
      // Before the control hears of it, and before the browser scrolls.
      event.preventDefault();
      event.stopPropagation();
      tookSpace = space;
      leaveDigits(target);
      if (key !== null) act(key);
    };
    // After what is smaller, such as the panel of a figure, which keeps the Escape that closes it to itself.
    const pressed = (event: KeyboardEvent) => {
      if (endsPresenting && !event.defaultPrevented) classroom.present(false);
    };
    const release = (event: KeyboardEvent) => {
      // Some browsers press a button when Space is let go, whatever became of its being pressed.
      if (!isSpace(event)) return;
      if (tookSpace) event.preventDefault();
      tookSpace = false;
    };
    addEventListener('keydown', press, true);
    addEventListener('keydown', pressed);
    addEventListener('keyup', release, true);
    return () => {
      focus.stop();
      removeEventListener('keydown', press, true);
      removeEventListener('keydown', pressed);
      removeEventListener('keyup', release, true);
    };
  }, [lab, lesson, classroom, onHelp, onLab]);
}

/** Whether a key belongs to the control that has the focus. */
function isControls(target: Element | null, space: boolean, byPointer: boolean): boolean {
  if (target === null) return false;
  if (target.closest(TYPED_INTO)) return true;
  // Letters choose in a list; where the browser cannot tell whether it is open, it keeps them.
  if (target instanceof HTMLSelectElement) return !byPointer || mayBeOpen(target);
  return space && !byPointer && target.closest(PRESSED_BY_SPACE) !== null;
}

/** Leaves a field of digits, which thereby takes what was typed. */
function leaveDigits(target: Element | null): void {
  if (target instanceof HTMLElement && target.matches(DIGITS)) target.blur();
}
