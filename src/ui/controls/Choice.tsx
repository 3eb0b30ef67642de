import { ChevronDown } from 'lucide-react';
import { RadioGroup } from 'radix-ui';

export interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** A few choices side by side, one of them taken. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentedControlProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <RadioGroup.Root className="seg" aria-label={label} value={value} onValueChange={choose} orientation="horizontal">
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value}>
          {option.text}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string; readonly hint?: string }[];
  readonly onChange: (value: Value) => void;
  readonly small?: boolean;
}

/** The browser's own list, which every phone and screen reader knows. */
export function Select<Value extends string>({ label, value, options, onChange, small = false }: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <span className={small ? 'select small' : 'select'}>
      <select aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} title={option.hint}>
            {option.text}
          </option>
        ))}
      </select>
      <ChevronDown size={12} aria-hidden />
    </span>
  );
}
