import { Check, Copy, Maximize2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../language/languages.ts';
import { say } from '../../../language/say.ts';
import { Select } from '../../../ui/controls/Choice.tsx';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { NumberField } from '../../../ui/controls/NumberField.tsx';
import { FIGURE_NAMES, figureText } from '../../insight/probes/probes.ts';
import { chapterAddress } from '../../lesson/address.ts';
import { chapterAt, chaptersOf } from '../../lesson/chapters/chapters.ts';
import { lastStepOf } from '../../lesson/position.ts';
import { useClassroom, useClassroomState, useHidden, useInsightState, useLabState } from '../../use-stores.ts';
import { followedAddress } from '../address.ts';
import {
  type Assignment,
  assignmentOf,
  type LinkOptions,
  MOST_CHARACTERS,
  SPEEDS,
  withOptions,
} from '../link-options.ts';
import { SECTION_NAMES, SECTIONS } from '../sections.ts';
import { QrCode } from './QrCode.tsx';
import styles from './share.module.css';

export interface ShareDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Makes a link for a class: what it shows and asks beside the experiment, as an address and as a QR code. */
export function ShareDialog({ open, onOpen }: ShareDialogProps) {
  return (
    <Modal title={say('classroom.share')} open={open} onOpen={onOpen} wide>
      <ShareForm />
    </Modal>
  );
}

const NO_WORDS: Assignment = { title: '', task: '' };

function ShareForm() {
  const { draftLink } = useClassroom();
  const options = useLinkOptions();
  const words = options.assignment ?? NO_WORDS;
  const experiment = useLabState((state) => state.experiment);
  const preset = useLabState((state) => state.preset);
  const address = useMemo(() => {
    // Nothing of this visit goes along but where the page is.
    const page = new URL(location.origin + location.pathname);
    const { chapter } = options;
    // The bare address may open the lesson.
    if (preset !== null) page.searchParams.set('preset', preset);
    const address = chapter === null ? followedAddress(page, experiment, preset) : chapterAddress(page, chapter);
    return withOptions(address, { ...options, assignment: assignmentOf(words.title, words.task) }).href;
  }, [words, options, experiment, preset]);
  const write = (part: Partial<Assignment>) => draftLink({ assignment: { ...words, ...part } });
  return (
    <div className={styles.sheet}>
      <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <label className={styles.words}>
          <span>{say('classroom.titleField')}</span>
          <input
            dir="auto"
            maxLength={MOST_CHARACTERS.title}
            placeholder={say('classroom.titleExample')}
            value={words.title}
            onChange={({ target }) => write({ title: target.value })}
          />
        </label>
        <label className={styles.words}>
          <span>{say('classroom.taskField')}</span>
          <textarea
            dir="auto"
            rows={3}
            maxLength={MOST_CHARACTERS.task}
            placeholder={say('classroom.taskExample')}
            value={words.task}
            onChange={({ target }) => write({ task: target.value })}
          />
        </label>
        <Choices options={options} onChange={draftLink} />
      </form>
      <LinkAndCode address={address} />
    </div>
  );
}

/** The options of the link: what was chosen for it, else those of the page as it is now. */
function useLinkOptions(): LinkOptions {
  const assignment = useClassroomState((state) => state.assignment);
  const draft = useClassroomState((state) => state.draft);
  const hidden = useHidden();
  const stop = useLabState((state) => state.waitAt);
  const speed = useLabState((state) => SPEEDS.find((each) => each === state.maxRoundsPerSecond) ?? null);
  const figure = useInsightState((state) => state.pinned);
  return useMemo(
    () => ({
      ...{ assignment, hidden, stop, speed, figure },
      ...{ chapter: null, language: null, theme: null, presenting: false },
      ...draft,
    }),
    [assignment, hidden, stop, speed, figure, draft],
  );
}

interface ChoicesProps {
  readonly options: LinkOptions;
  readonly onChange: (part: Partial<LinkOptions>) => void;
}

/** The value of a choice that the link leaves to the visitor. */
const ANY = '' as const;

function Choices({ options, onChange }: ChoicesProps) {
  const { hidden, chapter, language, theme, stop, speed, figure, presenting } = options;
  const until = useLabState((state) => state.experiment.until);
  const end = lastStepOf(chapter === null ? null : chapterAt(chapter, 'full')) ?? until;
  const asVisitor = { value: ANY, text: say('classroom.asVisitor') } as const;
  const toggle = (part: (typeof SECTIONS)[number]) =>
    onChange({ hidden: hidden.includes(part) ? hidden.filter((each) => each !== part) : [...hidden, part] });
  return (
    <>
      <div className={styles.choices}>
        <Choice label={say('classroom.chapterField')}>
          <Select
            label={say('classroom.chapterField')}
            value={String(chapter ?? ANY)}
            options={[
              { value: ANY, text: say('classroom.noChapter') },
              ...chaptersOf('full').map(({ number, name }) => ({
                value: String(number),
                text: say('classroom.chapter', { number, name: name() }),
              })),
            ]}
            onChange={(value) => onChange({ chapter: value === ANY ? null : Number(value) })}
          />
        </Choice>
        <Choice label={say('classroom.languageField')}>
          <Select<'' | Language>
            label={say('classroom.languageField')}
            value={language ?? ANY}
            options={[asVisitor, ...LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value].name }))]}
            onChange={(value) => onChange({ language: value === ANY ? null : value })}
          />
        </Choice>
        <Choice label={say('page.theme')}>
          <Select<'' | NonNullable<LinkOptions['theme']>>
            label={say('page.theme')}
            value={theme ?? ANY}
            options={[
              asVisitor,
              { value: 'light', text: say('page.themeLight') },
              { value: 'dark', text: say('page.themeDark') },
            ]}
            onChange={(value) => onChange({ theme: value === ANY ? null : value })}
          />
        </Choice>
        <Choice label={say('page.speed')}>
          <Select
            label={say('page.speed')}
            value={String(speed ?? ANY)}
            options={[
              { value: ANY, text: say('page.fullSpeed') },
              ...SPEEDS.map((steps) => ({ value: String(steps), text: say('page.atMost', { steps }) })),
            ]}
            onChange={(value) => onChange({ speed: value === ANY ? null : Number(value) })}
          />
        </Choice>
        <Choice label={say('classroom.figureField')}>
          <Select
            label={say('classroom.figureField')}
            value={figure ?? ANY}
            options={[
              { value: ANY, text: say('charts.errorByDepth') },
              ...FIGURE_NAMES.map((name) => ({ value: name, text: figureText(name).short })),
            ]}
            onChange={(value) => onChange({ figure: FIGURE_NAMES.find((name) => name === value) ?? null })}
          />
        </Choice>
        <Choice label={say('classroom.waitAt')} hint={say('classroom.waitAtHint')}>
          <NumberField
            label={say('classroom.waitAt')}
            value={stop ?? 0}
            range={{ whole: true, min: 0, max: Math.max(end, stop ?? 0) }}
            onCommit={(step) => onChange({ stop: step === 0 ? null : step })}
          />
        </Choice>
      </div>
      <fieldset className={styles.hidden}>
        <legend>{say('classroom.hide')}</legend>
        {SECTIONS.map((part) => (
          <label key={part} className={styles.check}>
            <input type="checkbox" checked={hidden.includes(part)} onChange={() => toggle(part)} />
            <span>{say(SECTION_NAMES[part])}</span>
          </label>
        ))}
      </fieldset>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={presenting}
          onChange={({ target }) => onChange({ presenting: target.checked })}
        />
        <span>{say('classroom.asPresentation')}</span>
      </label>
      <p>{say(chapter === null ? 'classroom.hideNote' : 'classroom.hideNoteChapter')}</p>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Choice({ label, hint, children }: ChoiceProps) {
  return (
    <div className={styles.choice} title={hint}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

/** The link, to be copied or pointed at. */
function LinkAndCode({ address }: { readonly address: string }) {
  /** What came of copying an address: another one has not been copied. */
  const [tried, setTried] = useState({ address: '', copied: false });
  const [large, setLarge] = useState(false);
  const isTried = tried.address === address;
  const outcome = tried.copied ? say('page.linkCopied') : say('classroom.copyRefused');
  const said = isTried ? outcome : say('classroom.length', { characters: address.length });
  const copy = async () => {
    try {
      // It may refuse, and where the page is not secure there is none.
      await navigator.clipboard.writeText(address);
      setTried({ address, copied: true });
    } catch {
      setTried({ address, copied: false });
    }
  };
  return (
    <section className={styles.link} aria-label={say('classroom.link')}>
      <QrCode text={address} large={large} onLarge={setLarge} />
      <div className={styles.deeds}>
        <button type="button" className="btn" onClick={() => setLarge(true)}>
          <Maximize2 size={15} aria-hidden />
          <span>{say('classroom.showLarge')}</span>
        </button>
        <button type="button" className="btn primary" onClick={copy}>
          {isTried && tried.copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          <span>{say('classroom.copy')}</span>
        </button>
      </div>
      <textarea
        className={styles.address}
        readOnly
        rows={4}
        aria-label={say('classroom.link')}
        value={address}
        onFocus={({ target }) => target.select()}
      />
      <p role="status" aria-live="polite">
        {said}
      </p>
    </section>
  );
}
