import { ChevronDown } from 'lucide-react';
import { Popover, RadioGroup } from 'radix-ui';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { say } from '../../../language/say.ts';
import { focusDialog } from '../../../ui/controls/Modal.tsx';
import { DraftNumber } from '../../../ui/controls/NumberField.tsx';
import { type ChoiceOption, type ChoiceRow, citation, optionOf, withOption } from './choice-row.ts';
import { CHOICES } from './choice-table.ts';
import styles from './design.module.css';

interface ChoiceFieldsProps {
  readonly choices: BlockChoices;
  /** Why a net cannot have these choices; null where it can. */
  readonly refusal: (choices: BlockChoices) => string | null;
  readonly onChange: (choices: BlockChoices) => void;
}

/** In what the blocks of a net differ from those of the paper: a button for each choice, which opens its options. */
export function ChoiceFields({ choices, refusal, onChange }: ChoiceFieldsProps) {
  return (
    <ul className={styles.choices} aria-label={say('design.block')}>
      {CHOICES.map((choice) => (
        <li key={choice.id}>
          <ChoiceField choice={choice} choices={choices} refusal={refusal} onChange={onChange} />
        </li>
      ))}
    </ul>
  );
}

function ChoiceField({ choice, choices, refusal, onChange }: ChoiceFieldsProps & { readonly choice: ChoiceRow }) {
  const taken = optionOf(choice, choices) ?? choice.options[0];
  if (taken === undefined) return null;
  const value = taken.number?.of(choices);
  const take = (name: string) => {
    const option = choice.options.find((each) => each.name === name);
    if (option !== undefined && option !== taken) onChange(withOption(choices, choice, option.choices));
  };
  return (
    <>
      <span className={styles.name}>{say(choice.name)}</span>
      {taken.number !== undefined && (
        <DraftNumber
          label={say('design.value', { name: say(choice.name) })}
          value={value ?? Number.NaN}
          range={{ whole: false, ...taken.number.range }}
          step={taken.number.range.whole ? 1 : 0.1}
          onChange={(next) => onChange(withOption(choices, choice, taken.number?.choices(next) ?? {}))}
        />
      )}
      <Popover.Root>
        <Popover.Trigger asChild>
          <button
            type="button"
            className={`btn mini ${styles.trigger}`}
            data-unusual={taken !== choice.options[0] || undefined}
            aria-label={say('design.withValue', { name: say(choice.name), value: say(taken.name) })}
          >
            <span>{say(taken.name)}</span>
            <ChevronDown size={12} aria-hidden />
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={`menu ${styles.options}`}
            aria-label={say(choice.name)}
            align="end"
            sideOffset={4}
            collisionPadding={8}
            onOpenAutoFocus={focusDialog}
          >
            <RadioGroup.Root aria-label={say(choice.name)} value={taken.name} onValueChange={take}>
              {choice.options.map((option) => (
                <Option
                  key={option.name}
                  option={option}
                  refused={option === taken ? null : refusal(withOption(choices, choice, option.choices))}
                />
              ))}
            </RadioGroup.Root>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

/** One option with what it does, or why it cannot be chosen beside the others. */
function Option({ option, refused }: { readonly option: ChoiceOption; readonly refused: string | null }) {
  const { name, about, source } = option;
  return (
    <RadioGroup.Item value={name} className={styles.option} disabled={refused !== null}>
      <b>{say(name)}</b>
      <span>{say('design.sentence', { about: say(about), source: citation(source) })}</span>
      {refused !== null && <em>{say('design.refused', { why: refused })}</em>}
    </RadioGroup.Item>
  );
}
