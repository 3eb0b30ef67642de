import type { Chapter } from '../chapter.ts';
import { deeper } from './deeper.ts';

/** The chapters of the lesson, in order. */
export const CHAPTERS: readonly [Chapter, ...Chapter[]] = [deeper];
