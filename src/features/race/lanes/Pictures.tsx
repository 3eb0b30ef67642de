import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import type { DataSpec } from '../../../core/experiment/experiment.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import { type MessagePart, parts, say } from '../../../language/say.ts';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { ARROW_STEPS } from '../../../ui/keys.ts';
import { Said } from '../../../ui/Said.tsx';
import { namedData } from '../../lab/named-data.ts';
import { useLab, useLabState } from '../../use-stores.ts';
import { type PictureAnswer, useAnswers, useShownBatch } from './answers.ts';
import styles from './pictures.module.css';

/** The picture that is ringed in the tray and in each net's answers, by its place, and how another one is ringed. */
export interface Ring {
  readonly at: number;
  readonly onRing: (at: number) => void;
}

function questionOf(data: DataSpec): string {
  if (data.source !== 'emoji') return say('race.askOther');
  return say(data.task === 'designer' ? 'race.askDesigner' : 'race.askGroup');
}

function truthOf(data: DataSpec, answer: string): readonly MessagePart[] {
  const designer = data.source === 'emoji' && data.task === 'designer';
  return parts(designer ? 'race.byDesigner' : 'race.isOf', { answer });
}

/**
 * The first pictures of the batch that all nets train on, as one group of radio buttons, with the task and the right
 * answer to the ringed one. They change while the nets train; a click holds them.
 */
export function Tray({ at, onRing }: Ring) {
  const task = useLabState((state) => state.experiment.data);
  const data = useLabState(namedData);
  const shown = useShownBatch();
  const { holds, canHold, hold } = useHold();
  const list = useRef<HTMLDivElement>(null);
  const truth = (label: number) => printable(data?.classes[label]?.name ?? '');
  const ringed = shown[at] === undefined ? 0 : at;
  const move = (event: KeyboardEvent) => {
    const step = ARROW_STEPS[event.key];
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (ringed + step + shown.length) % shown.length;
    onRing(next);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  const here = shown[ringed];
  return (
    <div className={styles.tray}>
      <h3>{questionOf(task)}</h3>
      <p className={styles.batch}>
        <span>{say('race.tray')}</span>
        {(canHold || holds) && (
          <button type="button" className={styles.hold} aria-pressed={holds} onClick={() => hold(!holds)}>
            {say(holds ? 'race.held' : 'race.hold')}
          </button>
        )}
      </p>
      <div
        ref={list}
        className={styles.pictures}
        role="radiogroup"
        aria-label={say('race.tray')}
        onKeyDown={move}
        data-tray
      >
        {shown.map(({ picture, label }, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a picture is no input
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture's place is what it is
            key={index}
            type="button"
            role="radio"
            aria-checked={index === ringed}
            aria-label={say('race.picture', { number: index + 1, answer: truth(label) })}
            tabIndex={index === ringed ? 0 : -1}
            className={styles.picture}
            onClick={() => {
              onRing(index);
              if (canHold) hold(!holds || index !== ringed);
            }}
            {...ringsOnHover(index, onRing)}
          >
            <PictureCanvas picture={picture} className={styles.canvas} optional />
          </button>
        ))}
      </div>
      <p className={styles.truth}>{here !== undefined && <Said parts={truthOf(task, truth(here.label))} />}</p>
    </div>
  );
}

/** Whether the pictures of the batch are held, can be while they change, and how. */
function useHold() {
  const lab = useLab();
  const holds = useLabState((state) => state.holdsBatch);
  const canHold = useLabState(({ training, batch }) => training && batch !== null);
  return { holds, canHold, hold: (held: boolean) => lab.holdBatch(held) };
}

function ringsOnHover(index: number, onRing: Ring['onRing']) {
  return {
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      if (pointerType === 'mouse') onRing(index);
    },
  };
}

/** What a net answers to the pictures of the tray: each right or wrong, and the answer to the ringed one in words. */
export function PictureAnswers({ name, at, onRing }: { readonly name: string } & Ring) {
  const answers = useAnswers(name);
  const shown = useShownBatch();
  const ringed = shown[at] === undefined ? 0 : at;
  const here = answers?.[ringed];
  return (
    <div className={styles.answers}>
      <div className={styles.outs} aria-hidden="true">
        {shown.map(({ picture }, index) => {
          const answer = answers?.[index];
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a picture's place is what it is
              key={index}
              className={styles.out}
              data-right={answer?.right}
              data-ringed={index === ringed || undefined}
              title={answer === undefined ? undefined : said(answer)}
              {...ringsOnHover(index, onRing)}
            >
              {answer === undefined ? <i>?</i> : <PictureCanvas picture={picture} className={styles.canvas} optional />}
              <Verdict answer={answer} />
            </span>
          );
        })}
      </div>
      <p className={styles.word}>{here === undefined ? say('race.noAnswer') : said(here)}</p>
      <span className="vh">{answers !== null && rightOf(answers)}</span>
    </div>
  );
}

/** The same answers as ticks and crosses alone, beside the name of the net where there is no room for pictures. */
export function Verdicts({ name, net }: { readonly name: string; readonly net: NetSpec }) {
  const answers = useAnswers(name);
  const count = useShownBatch().length;
  return (
    <span
      className={`${styles.verdicts} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      role="img"
      aria-label={answers === null ? say('race.noAnswer') : rightOf(answers)}
    >
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture's place is what it is
        <Verdict key={index} answer={answers?.[index]} />
      ))}
    </span>
  );
}

function Verdict({ answer }: { readonly answer: PictureAnswer | undefined }) {
  if (answer === undefined) return <i className={styles.open} />;
  return (
    <svg className={styles.verdict} data-right={answer.right} viewBox="0 0 12 12" aria-hidden="true">
      <path d={answer.right ? 'm2 6.5 2.8 3L10 3' : 'm3 3 6 6m0-6-6 6'} />
    </svg>
  );
}

function said({ name, probability }: PictureAnswer): string {
  return say('race.says', { answer: printable(name), percent: Math.round(100 * probability) });
}

function rightOf(answers: readonly PictureAnswer[]): string {
  return say('race.rightOf', { right: answers.filter(({ right }) => right).length, pictures: answers.length });
}
