import { isComposed } from '../ui/keys.ts';

/** What a key does anywhere on the page. */
export type PageKey = 'train' | 'step' | 'reset' | 'undo' | 'lab' | 'present' | 'help';

const LETTERS: Readonly<Record<string, PageKey>> = { s: 'step', r: 'reset', u: 'undo', l: 'lab', f: 'present' };

/** What a question mark is on keyboards of other scripts. */
const QUESTION_MARKS = ['?', '？', '؟'];

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'keyCode' | 'repeat'
>;

/**
 * What the page does at a key; null where that is nothing. Keys with Ctrl, Alt or Meta are the browser's, and what is
 * typed while an input method composes is a part of a character. A key that is held counts once, but for single steps.
 */
export function pageKeyOf(event: KeyPress): PageKey | null {
  if (event.ctrlKey || event.altKey || event.metaKey || isComposed(event)) return null;
  const does = unrepeated(event);
  return does === null || (event.repeat && does !== 'step') ? null : does;
}

/** Whether a key is Space, held or not. */
export function isSpace({ key }: Pick<KeyPress, 'key'>): boolean {
  return key === ' ' || key === '\u3000';
}

function unrepeated(event: KeyPress): PageKey | null {
  if (isSpace(event)) return 'train';
  if (QUESTION_MARKS.includes(event.key)) return 'help';
  return event.shiftKey ? null : (LETTERS[letterOf(event)] ?? null);
}

/**
 * The Latin letter that was meant: the one that is typed, in either case, since on Dvorak or AZERTY it is where the
 * layout has it; where the layout is of another script, the one that a US keyboard has in that place.
 */
function letterOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): string {
  const typed = key.normalize('NFKC').toLowerCase();
  if (/^[a-z]$/.test(typed)) return typed;
  const isOtherScript = /^[\p{L}\p{M}]+$/u.test(typed) && !/\p{Script=Latin}/u.test(typed);
  return isOtherScript ? (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase() : '';
}
