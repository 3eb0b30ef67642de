import { useState } from 'react';
import { type NumberRange, numbersWithin } from './number-range.ts';
import { readNumbers } from './read-number.ts';

export interface DraftNumberProps {
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
    const next = Math.min(range.max, Math.max(range.min, (Number.isNaN(value) ? range.min : value) + by));
    take(String(next), next);
  };
  return (
    <input
      className="field"
      role="spinbutton"
      inputMode="numeric"
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
