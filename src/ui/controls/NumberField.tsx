import { useEffect, useId, useRef, useState } from 'react';
import { say } from '../../language/say.ts';
import { isComposed, isEnter } from '../keys.ts';
import styles from './NumberField.module.css';
import { type NumberRange, numbersWithin, readNumbers } from './read-number.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly range: NumberRange;
  /** Takes a number within the range. */
  readonly onCommit: (value: number) => void;
}

/**
 * A number that takes effect with Enter or when it is left; Escape brings back the one that holds. What is not allowed
 * stays to be mended, does nothing, and is explained in a box over the page, so that nothing moves.
 */
export function NumberField({ label, value, range, onCommit }: NumberFieldProps) {
  /** What was typed and not taken yet; null where the field shows its value. */
  const [draft, setDraft] = useState<string | null>(null);
  const [taken, setTaken] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const focused = useRef(false);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was taken holds until the value has become it.
  useEffect(() => {
    setTaken(null);
    // Training moves its own end while the user types another.
    if (focused.current) return;
    setDraft(null);
    setProblem(null);
  }, [value]);
  const shown = taken ?? value;
  const commit = () => {
    if (draft === null) return;
    const found = draft.trim() === String(shown) ? [shown] : readNumbers(draft);
    const allowed = numbersWithin(found, range);
    const [number] = allowed;
    if (number === undefined || allowed.length > 1) {
      setProblem(refusal(draft.trim(), allowed, range));
      return;
    }
    setDraft(null);
    setProblem(null);
    if (number === shown) return;
    setTaken(number);
    onCommit(number);
  };
  const withdraw = () => {
    setDraft(null);
    setProblem(null);
  };
  return (
    <span className={styles.numberField}>
      <input
        className="field"
        inputMode={keyboardOf(range)}
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        data-draft={draft === null ? undefined : ''}
        value={draft ?? String(shown)}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={() => {
          focused.current = true;
        }}
        onBlur={() => {
          focused.current = false;
          commit();
        }}
        onKeyDown={(event) => {
          if (isEnter(event)) commit();
          if (event.key !== 'Escape' || draft === null) return;
          // Only the next one closes the card that the field is in.
          event.stopPropagation();
          if (!isComposed(event.nativeEvent)) withdraw();
        }}
      />
      {problem !== null && (
        <span id={id} role="alert" aria-live="assertive" className={styles.fieldProblem}>
          {problem}
        </span>
      )}
    </span>
  );
}

/** The keyboard of a phone that has all signs of a range: that of iOS for numbers has no minus. */
function keyboardOf({ min, whole }: NumberRange): 'numeric' | 'decimal' | 'text' {
  if (min < 0) return 'text';
  return whole ? 'numeric' : 'decimal';
}

/** Why a text is not taken: it may mean two numbers of the range, or none. */
function refusal(text: string, allowed: readonly number[], { whole, min, max }: NumberRange): string {
  const [one, other] = allowed;
  if (one !== undefined && other !== undefined) return say('charts.ambiguousNumber', { text, one, other });
  return whole ? say('charts.enterWholeNumber', { min, max }) : say('charts.enterNumber', { min, max });
}

interface DraftNumberProps {
  readonly label: string;
  readonly value: number;
  readonly range: NumberRange;
  /** How far the arrow keys go. */
  readonly step: number;
  /** Hears of every change; NaN where what is typed is no number of the range. */
  readonly onChange: (value: number) => void;
}

/** A number of a form that takes effect with the form: what is typed stays as it is, whatever it says. */
export function DraftNumber({ label, value, range, step, onChange }: DraftNumberProps) {
  const [text, setText] = useState(String(value));
  const [read, setRead] = useState(value);
  // Another part of the form may have set it.
  if (!Object.is(read, value)) {
    setRead(value);
    setText(String(value));
  }
  const take = (typed: string, next: number) => {
    setText(typed);
    setRead(next);
    onChange(next);
  };
  const move = (by: number) => {
    // Tenths add up to numbers such as 0.7999999999999999.
    const moved = Number(((Number.isNaN(value) ? range.min : value) + by).toPrecision(12));
    const next = Math.min(range.max, Math.max(range.min, moved));
    take(String(next), next);
  };
  return (
    <input
      className="field"
      role="spinbutton"
      inputMode={keyboardOf(range)}
      aria-label={label}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuenow={Number.isNaN(value) ? undefined : value}
      aria-invalid={Number.isNaN(value)}
      value={text}
      onChange={({ target }) => {
        const allowed = numbersWithin(readNumbers(target.value), range);
        take(target.value, allowed.length === 1 ? (allowed[0] ?? Number.NaN) : Number.NaN);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        move(event.key === 'ArrowUp' ? step : -step);
      }}
    />
  );
}
