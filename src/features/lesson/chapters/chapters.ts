import type { Chapter } from '../chapter.ts';
import { blockChapter } from './block.ts';
import { cure } from './cure.ts';
import { cut } from './cut.ts';
import { deeper } from './deeper.ts';
import { far } from './far.ts';
import { grow } from './grow.ts';
import { lateChapter } from './late.ts';
import type { Pace } from './pace.ts';
import { suspect } from './suspect.ts';
import { wire } from './wire.ts';

/** The chapters of the lesson in order. */
const LESSON = [deeper, grow, wire, blockChapter, suspect, cut, lateChapter, far] as const;

/** The same, then what is offered after the lesson. The numbers of chapters are their places, from 1. */
const ALL = [...LESSON, cure] as const;

/** How many chapters the lesson has; those behind it are optional. */
export const CHAPTER_COUNT = LESSON.length;

/** A chapter by its number, from 1; null where there is none. */
export function chapterAt(number: number, pace: Pace): Chapter | null {
  return ALL[number - 1]?.(pace, number) ?? null;
}

/** All chapters of one pace, in order, with the optional ones behind the lesson. */
export function chaptersOf(pace: Pace): readonly Chapter[] {
  return ALL.map((make, index) => make(pace, index + 1));
}
