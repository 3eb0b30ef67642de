import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InsightClient } from '../insight/insight-client.ts';
import type { FigureName } from '../insight/probes/probes.ts';
import { Handled, handledBy } from '../lab/handled.ts';
import type { Lab } from '../lab/lab.ts';
import type { SlowMotion } from '../slow-motion/slow-motion.ts';
import type { Answer, Chapter, ChapterStep } from './chapter.ts';
import { createChapterClock, paceOf } from './chapter-clock.ts';
import { chapterAt } from './chapters/chapters.ts';
import { deeper } from './chapters/deeper.ts';
import type { Pace } from './chapters/pace.ts';
import { createDeeds, type DeedParts } from './deeds.ts';
import { keptLesson } from './kept.ts';
import { type AskedTraining, type LessonState, outcomeNow, stepAt } from './lesson-state.ts';
import { takeReadings, untakenAtStart } from './measuring.ts';
import { createMemory, type MemoryActions } from './memory.ts';
import {
  canAct,
  canAnswer,
  descendsFrom,
  hasCome,
  isAsking,
  isChanged,
  isDone,
  isPast,
  NO_IDEA,
  type Position,
  placeAfter,
  restsBefore,
  standsAtStart,
  startOf,
  stays,
  upTo,
} from './position.ts';

/** The lesson: it follows the race of the lab and acts on it by the lab's public actions alone. */
export interface Lesson extends MemoryActions {
  readonly store: StoreApi<LessonState>;
  /** Opens a chapter at its own start. The race before is kept in Runs. */
  open(chapter: number): Handled;
  /** Begins a chapter whose race is about to be opened; without `pace`, as this device is. */
  begin(chapter: number, pace?: Pace): void;
  /** Answers the question of the chapter; again, until something was done after it. */
  answer(answer: Answer): void;
  /**
   * Does the deed of the present step; where the race has gone beyond its step, begins the race of the chapter again. A deed
   * that trains makes one step alone where `asked` says so.
   */
  act(asked?: AskedTraining): Handled;
  /** Does the present step for the visitor; before an answer, this counts as "no idea". */
  showMe(): Handled;
  /** What a clicker does: the next thing, be it a deed or the next chapter. */
  forward(): void;
  next(): void;
  back(): void;
  /** Training was asked for before its time: what comes first gets the focus. */
  refuse(asked?: AskedTraining): void;
  /** The visitor has come to a section or a figure. */
  reach(what: string): void;
  /** Puts the lesson away. `remember`: also for later visits. */
  leave(remember: boolean): void;
  /** Brings the lesson back: where its race still stands, else at the start of its chapter. */
  resume(): Handled;
}

/** What the lesson acts on. */
export interface LessonParts extends DeedParts {
  readonly lab: Pick<
    Lab,
    'store' | 'open' | 'openInstead' | 'train' | 'step' | 'setUntil' | 'setGains' | 'branch' | 'showFailure'
  >;
  readonly insight: InsightClient;
  readonly slowMotion: Pick<SlowMotion, 'store' | 'make' | 'close'>;
  /** Where answers are kept; null where the browser refuses. */
  readonly storage: Storage | null;
}

/** Where the race of a chapter begins. */
const NOTHING_MEASURED = { readings: {}, isOfChanged: false, failed: false } as const;

/** At the beginning of a chapter's steps. */
const NOTHING_DONE = { ...NOTHING_MEASURED, outcome: null, seen: [], refusals: 0, refused: 'train' } as const;

/** Creates the lesson. It is off until a chapter is opened. */
export function createLesson(parts: LessonParts): Lesson {
  const { lab, insight, slowMotion, storage } = parts;
  const kept = keptLesson(storage);
  const store = createStore<LessonState>(() => ({
    ...kept,
    on: false,
    wasOn: false,
    chapter: openable(kept.waiting, 'full'),
    position: { type: 'question' },
    looksBack: false,
    measuring: false,
    quizDraft: null,
    name: '',
    ...NOTHING_DONE,
  }));
  const { getState, setState } = store;
  const race = () => lab.store.getState();
  const { keep, ...memory } = createMemory(store, storage);
  const clock = createChapterClock();
  /** Counts while the device works on the race of the chapter, as fast as it can. */
  const countTime = () => {
    const { on, chapter, measuring } = getState();
    const { training, maxRoundsPerSecond, dutyCycle } = race();
    const isFast = maxRoundsPerSecond === null && dutyCycle === 1;
    clock.run(on && chapter.start !== null && isFast && (training || measuring));
  };
  /** The race that the position is about. */
  let followed = race().race;

  /** What was done without being asked for in this chapter: what it takes at its start, and its own deeds. */
  const done = new Set<Chapter | ChapterStep>();

  const enter = (position: Position) => {
    setState({ position, refusals: 0 });
    const step = stepAt(getState());
    if (step?.deed.type === 'train' && race().experiment.until !== step.deed.to) lab.setUntil(step.deed.to);
    if (position.type !== 'outcome') return;
    const { chapter, outcomes, seconds, quiz } = getState();
    // What was chosen before the lesson is no answer after it.
    if (quiz.before === null && outcomes.size === 0) setState({ quizDraft: null });
    const outcome = outcomeNow(getState(), race());
    const spent = clock.seconds();
    setState({ outcome });
    keep({
      outcomes: new Map(outcomes).set(chapter.number, outcome),
      // A repetition that was slowed down says nothing of the device.
      seconds: spent === 0 && seconds.has(chapter.number) ? seconds : new Map(seconds).set(chapter.number, spent),
    });
  };
  /** What the chapter has yet to take at its start: it is tried once by itself, and again before the first deed. */
  const untaken = () => untakenAtStart(getState(), race());
  /** Goes on while the present step has ended; does what the lesson does by itself. */
  const follow = () => {
    const { on, position, chapter, readings, seen, measuring } = getState();
    // While another race is opened, the one before still stands.
    if (!on || measuring || race().opening !== null || !hasCome(race(), startOf(chapter))) return;
    const canDo = canAct(chapter, race()) && !isPast(chapter, position, race());
    if (untaken().length > 0 && !done.has(chapter) && canDo) {
      done.add(chapter);
      new Handled(measure(untaken()), lab.showFailure);
      return;
    }
    const step = stepAt(getState());
    if (position.type !== 'step' || step === null) return;
    if (isDone(step.deed, race(), { readings, seen })) {
      const index = position.index + 1;
      enter(placeAfter(index, chapter));
      follow();
    } else if (step.deed.type === 'train' && restsBefore(step.deed.to, race())) {
      // Train goes on to where the step ends, and not beyond it.
      lab.setUntil(step.deed.to);
    } else if (step.by.type === 'lesson' && !done.has(step) && canDo) {
      done.add(step);
      new Handled(act(), lab.showFailure);
    }
  };
  /** Trains to where the chapter begins, while its question is read. */
  const prepare = () => {
    const { chapter } = getState();
    const start = startOf(chapter);
    const step = stepAt(getState());
    const until = step?.deed.type === 'train' ? step.deed.to : start;
    if (start > 0 && until !== race().experiment.until) lab.setUntil(until);
    if (!hasCome(race(), start)) lab.train();
  };

  const begin = (number: number, pace = paceOf(getState(), race())) => {
    const chapter = openable(number, pace);
    clock.begin(pace);
    done.clear();
    followed = race().race;
    setState({ ...NOTHING_DONE, wasOn: true, chapter, position: { type: 'question' }, looksBack: false });
    keep({ on: true, waiting: chapter.number });
    insight.pin(null);
    slowMotion.close();
    return chapter;
  };
  const leave = (remember: boolean) => {
    setState({ on: false });
    if (remember) keep({ on: false });
  };
  /** Where the race was opened, reset or brought back, the answer stands, and what was done after it does not. */
  const startAgain = () => {
    const { position } = getState();
    // While one is being opened, what it has come to is not known.
    if (race().race === followed || race().opening !== null) return;
    followed = race().race;
    done.clear();
    if (position.type === 'outcome') return;
    setState(
      position.type === 'question' ? NOTHING_MEASURED : { ...NOTHING_DONE, position: { type: 'step', index: 0 } },
    );
    prepare();
  };

  store.subscribe(countTime);
  lab.store.subscribe((now, before) => {
    const { on, chapter } = getState();
    countTime();
    if (!on) return;
    // Another race stands for a moment, until that of the chapter is opened. Where it is refused, another one stays.
    const isSettled = now.opening === null && (now.race !== followed || before.opening !== null);
    if (isSettled && !descendsFrom(chapter, now.experiment)) return leave(false);
    startAgain();
    follow();
  });
  slowMotion.store.subscribe(({ round }, before) => {
    // By whatever button.
    if (round !== null && before.round === null && getState().on) lesson.reach('slow-motion');
  });

  const measure = async (names: readonly string[], figure: FigureName | null = null, view: string | null = null) => {
    const { chapter, position } = getState();
    const asked = followed;
    const isChangedNow = () => isChanged(upTo(position, chapter), race());
    const wasChanged = isChangedNow();
    setState({ measuring: true, failed: false });
    try {
      const taken = takeReadings(chapter, names, insight, race());
      // The figure finds its measurement running.
      if (figure !== null) insight.pin(figure, view);
      const readings = await taken;
      const failed = names.some((name) => readings[name] === undefined);
      const isOfChanged = Object.keys(readings).length > 0 && (wasChanged || isChangedNow());
      if (getState().chapter === chapter && followed === asked)
        setState((state) => ({
          failed,
          readings: { ...state.readings, ...readings },
          isOfChanged: state.isOfChanged || isOfChanged,
        }));
    } finally {
      setState({ measuring: false });
    }
    follow();
  };
  const openRaceOf = async ({ start }: Chapter, how: 'open' | 'openInstead' = 'open'): Promise<void> => {
    if (start !== null) await lab[how](start.experiment);
  };
  const doDeed = createDeeds(parts, { measure, reach: (what) => lesson.reach(what) });
  const act = async (asked: AskedTraining = 'train'): Promise<void> => {
    const step = stepAt(getState());
    const { chapter, position, measuring } = getState();
    if (step === null || measuring || slowMotion.store.getState().making || !canAct(chapter, race())) return;
    if (isPast(chapter, position, race())) return openRaceOf(chapter);
    if (untaken().length > 0) await measure(untaken());
    if (untaken().length > 0 || stepAt(getState()) !== step) return;
    return doDeed(step.deed, asked);
  };
  const answer = (given: Answer) => {
    const { chapter, position, answers } = getState();
    if (!canAnswer(position, chapter, race())) return;
    if (position.type === 'further') {
      const first = answers.get(chapter.number) ?? NO_IDEA;
      keep({ answers: new Map(answers).set(chapter.number, { ...first, further: given.choice }) });
      enter({ type: 'step', index: chapter.further?.after ?? 0 });
    } else {
      keep({ answers: new Map(answers).set(chapter.number, given) });
      if (position.type === 'question') enter({ type: 'step', index: 0 });
    }
    follow();
  };
  const open = async (number: number, how: 'open' | 'openInstead' = 'open'): Promise<void> => {
    const chapter = begin(number);
    if (standsAtStart(chapter, race())) return prepare();
    return openRaceOf(chapter, how);
  };

  const lesson = handledBy<Lesson>(lab.showFailure, {
    ...memory,
    store,
    open: (number) => open(number),
    begin: (number, pace) => {
      begin(number, pace);
    },
    answer,
    act,
    showMe: async () => {
      if (isAsking(getState().position)) answer(NO_IDEA);
      await act();
    },
    forward: () => {
      const { position, looksBack } = getState();
      if (isAsking(position)) lesson.refuse();
      else if (position.type === 'outcome' || looksBack) lesson.next();
      else lesson.act();
    },
    next: () => {
      const { chapter, position, looksBack } = getState();
      if (looksBack) setState({ looksBack: false });
      else if (position.type === 'outcome' && chapterAt(chapter.number + 1, 'full') !== null)
        lesson.open(chapter.number + 1);
    },
    back: () => {
      const { chapter, position, looksBack } = getState();
      if (position.type === 'outcome' && !looksBack) setState({ looksBack: true });
      else if (chapter.number > 1) lesson.open(chapter.number - 1);
    },
    refuse: (refused = 'train') => setState(({ refusals }) => ({ refusals: refusals + 1, refused })),
    reach: (what) => {
      const { seen } = getState();
      if (!seen.includes(what)) setState({ seen: [...seen, what] });
      follow();
    },
    leave,
    resume: async () => {
      const { chapter, position } = getState();
      const stands = stays(race()) && descendsFrom(chapter, race().experiment) && !isPast(chapter, position, race());
      // What was trained while exploring can be brought back, until the chapter trains.
      if (!stands) return open(chapter.number, 'openInstead');
      setState({ wasOn: true });
      keep({ on: true });
      startAgain();
      follow();
    },
  });
  return lesson;
}

/** The chapter of this number; the first where there is none. */
function openable(number: number, pace: Pace): Chapter {
  return chapterAt(number, pace) ?? deeper(pace, 1);
}
