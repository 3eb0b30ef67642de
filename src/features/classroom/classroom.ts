import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { say } from '../../language/say.ts';
import type { Lab } from '../lab/lab.ts';
import type { Answer } from '../lesson/chapter.ts';
import type { Lesson } from '../lesson/lesson.ts';
import type { LessonState } from '../lesson/lesson-state.ts';
import { isAsking, NO_IDEA, questionAt } from '../lesson/position.ts';
import type { Assignment, LinkOptions } from '../share/link-options.ts';

/** What a presentation covers until the class has voted: the curves with all numbers, or all that tells of one net. */
export type Cover =
  | { readonly type: 'none' }
  | { readonly type: 'curves' }
  | { readonly type: 'lane'; readonly lane: string };

/** What the class may answer: a text that stays as it is, or one that is said in the language of the page. */
export type VotableAnswer = string | { readonly label: () => string };

/** An answer of the class, and how many gave it, as the lecturer typed it in. */
export interface Vote {
  readonly answer: VotableAnswer;
  readonly count: number;
}

export interface ClassroomState {
  /** Whether the page is shown to a room: large type, the nets and their curves alone. */
  readonly presenting: boolean;
  /** What the lecturer wrote into the link that the page was opened by; null for none. */
  readonly assignment: Assignment | null;
  /** What the lecturer chose for a link to this experiment; the assignment as it was typed. */
  readonly draft: Partial<LinkOptions>;
  /** Holds while the page is presented. */
  readonly cover: Cover;
  /** Empty until the lecturer asks the class. */
  readonly votes: readonly Vote[];
}

/** The page in front of a class. Nothing of it leaves the page: a lecturer counts hands and types the counts in. */
export interface Classroom {
  readonly store: StoreApi<ClassroomState>;
  present(presenting: boolean): void;
  /** Takes the assignment of another experiment, and drops what was chosen for a link to the one before. */
  assign(assignment: Assignment | null): void;
  /** Keeps what is chosen for a link, also while its sheet is put away. */
  draftLink(part: Partial<LinkOptions>): void;
  /** Covers something, and asks the class to choose one of these answers, unless it is being asked already. */
  cover(cover: Cover, answers: readonly VotableAnswer[]): void;
  uncover(): void;
  /** Drops the votes for the question before; while something is covered, the class is asked to choose one of these. */
  ask(answers: readonly VotableAnswer[]): void;
  /** Replaces the votes; at most `MOST_ANSWERS`. */
  setVotes(votes: readonly Vote[]): void;
}

/** More answers than this are no question for a show of hands. */
export const MOST_ANSWERS = 5;

/** More hands than in any hall. */
export const MOST_HANDS = 9999;

export function createClassroom(): Classroom {
  const store = createStore<ClassroomState>(() => ({
    presenting: false,
    assignment: null,
    draft: {},
    cover: { type: 'none' },
    votes: [],
  }));
  const { setState } = store;
  return {
    store,
    present: (presenting) => setState({ presenting }),
    assign: (assignment) => setState({ assignment, draft: {} }),
    draftLink: (part) => setState(({ draft }) => ({ draft: { ...draft, ...part } })),
    cover: (cover, answers) =>
      setState(({ votes, cover: { type } }) => ({
        cover,
        votes: cover.type === 'none' || type !== 'none' ? votes : ballotOf(answers),
      })),
    uncover: () => setState({ cover: { type: 'none' } }),
    ask: (answers) => setState(({ cover: { type } }) => ({ votes: type === 'none' ? [] : ballotOf(answers) })),
    setVotes: (votes) => setState({ votes: votes.slice(0, MOST_ANSWERS) }),
  };
}

function ballotOf(answers: readonly VotableAnswer[]): readonly Vote[] {
  return answers.slice(0, MOST_ANSWERS).map((answer) => ({ answer, count: 0 }));
}

/**
 * What the class may answer: as the chapter of the lesson asks, else which of the nets, or none in particular. Where these are
 * too many for a show of hands, which of the two families.
 */
export function votableAnswers(
  { on, chapter, position }: LessonState,
  { lanes }: Experiment,
): readonly VotableAnswer[] {
  if (on) return questionAt(position, chapter).choices;
  const sameForAll = { label: () => say('classroom.sameForAll') };
  if (lanes.length < MOST_ANSWERS) return [...lanes.map(({ name }) => name), sameForAll];
  const hasBoth = new Set(lanes.map(({ net }) => net.family === 'residual')).size > 1;
  return [...(hasBoth ? FAMILIES : []), sameForAll];
}

const FAMILIES: readonly VotableAnswer[] = [
  { label: () => say('classroom.aPlainNet') },
  { label: () => say('classroom.aResidualNet') },
];

/** The text of an answer. */
export function answerText(answer: VotableAnswer): string {
  return typeof answer === 'string' ? answer : answer.label();
}

/**
 * What the class predicts: the choice of the present question that most hands were for; "no idea" where two have as many,
 * or where the lecturer typed in another answer.
 */
export function answerOfClass(votes: readonly Vote[], { chapter, position }: LessonState): Answer {
  const most = Math.max(...votes.map(({ count }) => count));
  const [first, second] = votes.filter(({ count }) => count === most);
  if (first === undefined || second !== undefined || most === 0) return NO_IDEA;
  const text = answerText(first.answer);
  const choice = questionAt(position, chapter).choices.find(({ label }) => label() === text);
  if (choice === undefined) return NO_IDEA;
  return { choice: choice.id, ends: choice.ends ?? null };
}

/** Whether something is covered now, be it the curves or a lane. */
export function isCovering({ presenting, cover }: ClassroomState): boolean {
  return presenting && cover.type !== 'none';
}

/** Whether the curves, and with them every number, are covered now. */
export function coversCurves({ presenting, cover }: ClassroomState): boolean {
  return presenting && cover.type === 'curves';
}

/** The lane whose curve and number are covered now, or null. */
export function coveredLane({ presenting, cover }: ClassroomState): string | null {
  return presenting && cover.type === 'lane' ? cover.lane : null;
}

/** What `&cover=curves` or `&cover=ResNet-32` covers in a presentation; nothing where the race has no such lane. */
export function readCover({ searchParams }: URL, experiment: Experiment): Cover {
  const cover = searchParams.get('cover');
  if (cover === 'curves') return { type: 'curves' };
  return cover !== null && hasLane(experiment, cover) ? { type: 'lane', lane: cover } : { type: 'none' };
}

/** Uncovers a lane that leaves the race, or is not in the next one: there would be a ballot with nothing covered. */
export function uncoverLostLanes({ store, uncover }: Classroom, lab: Pick<Lab, 'store'>): void {
  lab.store.subscribe(({ experiment: now }, { experiment: before }) => {
    const { cover } = store.getState();
    if (now === before || cover.type !== 'lane') return;
    if (hasLane(before, cover.lane) && !hasLane(now, cover.lane)) uncover();
  });
}

/**
 * Gives each question votes of its own, whether the page is presented or not: each question of the lesson and, outside the
 * lesson, that which of the nets of a race will win.
 */
export function askEachQuestion({ ask }: Classroom, lab: Pick<Lab, 'store'>, lesson: Pick<Lesson, 'store'>): void {
  const askAnew = () => ask(votableAnswers(lesson.store.getState(), lab.store.getState().experiment));
  lesson.store.subscribe((now, before) => {
    const isOther = now.chapter !== before.chapter || now.position.type !== before.position.type;
    if (now.on !== before.on || (now.on && isAsking(now.position) && isOther)) askAnew();
  });
  lab.store.subscribe((now, before) => {
    const isOther = now.race !== before.race && namesOf(now.experiment) !== namesOf(before.experiment);
    if (isOther && !lesson.store.getState().on) askAnew();
  });
}

function namesOf({ lanes }: Experiment): string {
  return JSON.stringify(lanes.map(({ name }) => name));
}

function hasLane({ lanes }: Experiment, lane: string): boolean {
  return lanes.some(({ name }) => name === lane);
}

/** The address with or without `?present`. */
export function withPresenting(address: URL, presenting: boolean): URL {
  const next = new URL(address);
  if (presenting === next.searchParams.has('present')) return next;
  if (presenting) next.searchParams.set('present', '');
  else next.searchParams.delete('present');
  return next;
}
