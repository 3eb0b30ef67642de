import { useEffect, useId, useState } from 'react';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  /** Takes the number that was typed; gives the sentence to show where it is not allowed. */
  readonly onCommit: (value: number) => string | null;
}

/** A number that takes effect with Enter or when it is left. What is not allowed stays to be mended, and does nothing. */
export function NumberField({ label, value, onCommit }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  useEffect(() => {
    setText(String(value));
    setProblem(null);
  }, [value]);
  const commit = () => {
    const typed = text.trim() === '' ? Number.NaN : Number(text);
    if (typed !== value) setProblem(onCommit(typed));
    else setProblem(null);
  };
  return (
    <span>
      <input
        className="field"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {problem !== null && (
        <span id={id} role="alert" className="field-problem">
          {problem}
        </span>
      )}
    </span>
  );
}
