import { ChevronRight, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { DEFAULT_PRESET, PRESET_NAMES, type PresetName } from '../core/experiment/presets.ts';
import type { LabState } from '../features/lab/state.ts';
import { ChapterLinks } from '../features/lesson/view/ChapterLinks.tsx';
import { LessonStrip } from '../features/lesson/view/LessonStrip.tsx';
import { fits } from '../features/records/ghost.ts';
import { recordedWords } from '../features/records/records.ts';
import { OWN_WORDS, PRESET_WORDS, type QuestionWords } from '../features/setup/presets/preset-words.ts';
import { hasExperiment } from '../features/share/link.ts';
import { useGhostState, useHidden, useLabState, useLesson, useLessonState } from '../features/use-stores.ts';
import { piecesJoined } from '../language/joining.ts';
import { parts, say } from '../language/say.ts';
import { useFocusInPlace } from '../ui/controls/focus-return.ts';
import { BOLD, Said } from '../ui/Said.tsx';
import styles from './question.module.css';
import { remember, remembered } from './remembered.ts';

const OFF = 'off';

/** How the tags of the messages are drawn; `l` is what a phone has no room for. */
const TAGS = {
  ...BOLD,
  i: (text: string) => <i>{text}</i>,
  l: (text: string) => <span className={styles.long}>{text}</span>,
};

/** The words of the experiment's question. */
export function useQuestion(): QuestionWords {
  const record = useGhostState((state) => state.record);
  const preset = useLabState((state) => state.preset ?? (isFirst(state) ? presetOf(new URL(location.href)) : null));
  const words = useLabState(({ experiment }) =>
    record !== null && fits(record, experiment) ? recordedWords(record, experiment) : OWN_WORDS,
  );
  return preset === null ? words : PRESET_WORDS[preset];
}

/**
 * What stands over the nets: the lesson or, while the visitor explores, the question of the experiment. That of a
 * chapter was read in the lesson already: it is one line, and the curves win the rest; so it is where `isRead`. What a
 * hand changes in an experiment opens and closes nothing.
 */
export function QuestionStrip({ isRead = false }: { readonly isRead?: boolean }) {
  const inLesson = useLessonState((state) => state.on);
  const preset = useLabState((state) => state.preset);
  const [opened, setOpened] = useState(preset);
  const [read, setRead] = useState<PresetName | null | undefined>();
  if (preset !== null && preset !== opened) setOpened(preset);
  if (inLesson && read !== opened) setRead(opened);
  if (inLesson) return <LessonStrip />;
  return <ExperimentStrip key={opened} isRead={isRead || read === opened} />;
}

/** Leads back to the chapter where the lesson waits. */
function LessonButton() {
  const lesson = useLesson();
  const { number, name } = useLessonState((state) => state.chapter);
  const button = useRef<HTMLButtonElement>(null);
  // In the place of the lesson, whose button led here.
  useFocusInPlace(() => button.current);
  return (
    <button
      ref={button}
      type="button"
      className="btn"
      title={say('lesson.waits', { number, name: name() })}
      onClick={() => lesson.resume()}
    >
      <span>{say('lesson.backToLesson')}</span>
      <ChevronRight size={16} aria-hidden />
    </button>
  );
}

/** The question of the experiment, and why its answer is not obvious; read or put away, one line. */
function ExperimentStrip({ isRead }: { readonly isRead: boolean }) {
  const words = useQuestion();
  const hidesPaper = useHidden().includes('family');
  const [open, setOpen] = useState(() => !isRead && remembered('question') !== OFF);
  const show = (next: boolean) => {
    remember('question', next ? null : OFF);
    setOpen(next);
  };
  if (!open)
    return (
      <section className={styles.line} aria-label={say('page.question')}>
        <ChapterLinks />
        <h2>
          <Said parts={parts('page.exploring', { question: say(words.question) })} tags={TAGS} />
        </h2>
        <button type="button" className="btn" onClick={() => show(true)}>
          <span>{say('page.backToQuestion')}</span>
        </button>
        <LessonButton />
      </section>
    );
  const below = words.below === undefined || hidesPaper ? [] : [parts(words.below)];
  return (
    <section className={styles.strip} aria-label={say('page.question')}>
      <h2>{say(words.question)}</h2>
      <p className={styles.setup}>
        <Said parts={parts(words.setup)} tags={TAGS} />
      </p>
      <p className={styles.note}>
        <Said parts={piecesJoined([parts(words.note), ...below])} tags={TAGS} />
      </p>
      <div className={styles.tools}>
        <LessonButton />
        <button type="button" className={`btn ${styles.close}`} onClick={() => show(false)}>
          <span>{say('page.explore')}</span>
          <X size={14} aria-hidden />
        </button>
      </div>
    </section>
  );
}

/** Whether the first race is still to be opened. */
function isFirst({ open, device }: LabState): boolean {
  return !open && device === null;
}

/** The preset that an address asks for; null where it has an experiment written out. */
function presetOf(address: URL): PresetName | null {
  if (hasExperiment(address)) return null;
  return PRESET_NAMES.find((name) => name === address.searchParams.get('preset')) ?? DEFAULT_PRESET;
}
