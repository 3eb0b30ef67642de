import type { Lab } from '../lab/lab.ts';
import { type AddressBar, followedAddress } from '../share/address.ts';
import { hasExperiment, isOfExperiment } from '../share/link.ts';
import { withoutAssignment } from '../share/link-options.ts';
import { chapterAt } from './chapters/chapters.ts';
import type { Lesson } from './lesson.ts';
import type { LessonState } from './lesson-state.ts';
import { descendsFrom } from './position.ts';

/** What an address asks of the lesson: a chapter, none, or what the visitor had before. */
export type LessonWish = { readonly type: 'chapter'; readonly number: number } | { readonly type: 'off' | 'as-before' };

/** Reads `?chapter=5` and `?lesson=off`; an address with an experiment of its own asks for none. */
export function readLesson(address: URL): LessonWish {
  const { searchParams } = address;
  const asked = searchParams.get('chapter') ?? searchParams.get('lesson');
  const number = Number(asked);
  if (asked !== null && chapterAt(number, 'full') !== null) return { type: 'chapter', number };
  const isFree = asked === 'off' || hasExperiment(address) || searchParams.has('preset');
  return { type: isFree ? 'off' : 'as-before' };
}

/** The address of a chapter, without any experiment, and without what was meant for that of the page. */
export function chapterAddress(page: URL, number: number): URL {
  return atChapter(withoutAssignment(page), number);
}

/** The same page at a chapter, with what is asked for beside that. */
function atChapter(page: URL, number: number): URL {
  const address = withoutLesson(page);
  address.searchParams.delete('preset');
  address.hash = '';
  address.searchParams.set('chapter', String(number));
  return address;
}

/** The address without the lesson, as when the visitor explores. */
function withoutLesson(page: URL): URL {
  const address = new URL(page);
  address.searchParams.delete('chapter');
  address.searchParams.delete('lesson');
  return address;
}

/**
 * Keeps the address at the chapter that is shown, each with an entry in the history, so that Back and Forward go through
 * chapters. While the visitor explores, the address is the experiment's. The chapter of a returning visitor, whose address is
 * bare, gets its own. `onAnother` hears of the address of another chapter, which may ask for more than that.
 */
export function followLesson(
  lesson: Lesson,
  lab: Pick<Lab, 'store'>,
  page: AddressBar,
  onAnother: (address: URL) => void = () => {},
): void {
  const opened = lesson.store.getState();
  const first = new URL(page.location.href);
  // A link of an experiment that was cut short is still to be read, and said to be so.
  if (opened.on && !isOf(first, opened.chapter.number) && !isOfExperiment(first.hash))
    page.history.replaceState(null, '', atChapter(first, opened.chapter.number).href);
  /** Whether the bare address, where the page stood there last, was that of the lesson; else the visitor explored there. */
  let isBareOfLesson = opened.on;
  const wishOf = (address: URL): LessonWish => {
    const asked = readLesson(address);
    return asked.type === 'as-before' && !isBareOfLesson ? { type: 'off' } : asked;
  };
  const follow = (now: LessonState, before: LessonState) => {
    const address = new URL(page.location.href);
    // What was meant for a race goes with it.
    const { experiment, preset } = lab.store.getState();
    const ofRace = descendsFrom(now.chapter, experiment) ? address : withoutAssignment(address);
    if (now.on && (now.chapter !== before.chapter || !before.on)) {
      const { number } = now.chapter;
      const isBack = number === before.chapter.number;
      const next = isOf(address, number)
        ? address
        : isBack
          ? atChapter(ofRace, number)
          : chapterAddress(address, number);
      // The chapter that begins again is the same one, and keeps what was typed since.
      if (next !== address || !isBack || !before.on) onAnother(next);
      if (next !== address) page.history.pushState(null, '', next.href);
    }
    // Back, or a link that was pasted, has already put the address of an experiment there, which is about to be opened.
    if (!now.on && before.on && wishOf(address).type !== 'off') {
      const next = followedAddress(withoutLesson(ofRace), experiment, preset);
      if (ofRace !== address) onAnother(next);
      if (next.href !== address.href) page.history.pushState(null, '', next.href);
    }
  };
  lesson.store.subscribe((now, before) => {
    follow(now, before);
    if (readLesson(new URL(page.location.href)).type === 'as-before') isBareOfLesson = now.on;
  });
  page.addEventListener('popstate', () => {
    const asked = wishOf(new URL(page.location.href));
    const { on, chapter } = lesson.store.getState();
    const number = asked.type === 'chapter' ? asked.number : 1;
    if (asked.type === 'off') lesson.leave(false);
    else if (number !== chapter.number) lesson.open(number);
    else if (!on) lesson.resume();
  });
}

/** Whether an address is that of a chapter; the bare one is that of the first. */
function isOf(address: URL, chapter: number): boolean {
  const asked = readLesson(address);
  return asked.type === 'chapter' ? asked.number === chapter : chapter === 1 && asked.type === 'as-before';
}
