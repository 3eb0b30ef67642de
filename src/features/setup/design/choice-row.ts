import type { BlockChoices } from '../../../core/net/choices.ts';
import type { MessageKey } from '../../../language/messages.ts';
import { say } from '../../../language/say.ts';

/** One thing in which a block may differ from that of the paper. */
export interface ChoiceRow {
  readonly id: keyof BlockChoices;
  readonly name: MessageKey;
  /** What the paper does comes first. */
  readonly options: readonly ChoiceOption[];
}

/** One way to make it. */
export interface ChoiceOption {
  readonly name: MessageKey;
  /** What it does, in one sentence. */
  readonly about: MessageKey;
  readonly source: Citation;
  /** What it puts into a net's choices; nothing where it is what the paper does. */
  readonly choices: BlockChoices;
  /** Its number, where it has one. */
  readonly number?: ChoiceNumber;
}

export interface ChoiceNumber {
  readonly range: { readonly min: number; readonly max: number; readonly whole?: boolean };
  /** The number of these choices; undefined where they have another option. */
  readonly of: (choices: BlockChoices) => number | undefined;
  readonly choices: (value: number) => BlockChoices;
}

/** Where an idea was published, or one to compare it with: by one author and others, or by two. */
export interface Citation {
  readonly first: string;
  readonly second?: string;
  readonly year: number;
  readonly compare?: true;
}

/** The option of a choice that a net has. */
export function optionOf({ id, options }: ChoiceRow, choices: BlockChoices = {}): ChoiceOption | undefined {
  const value = JSON.stringify(choices[id]);
  return options.find(({ number, choices: own }) =>
    number === undefined ? JSON.stringify(own[id]) === value : number.of(choices) !== undefined,
  );
}

/** The choices with another option of one of them. */
export function withOption(choices: BlockChoices, { id }: ChoiceRow, option: BlockChoices): BlockChoices {
  const { [id]: _, ...others } = choices;
  return { ...others, ...option };
}

/** "Zhang et al. 2019" */
export function citation({ first, second = '', year, compare }: Citation): string {
  const source = say('design.citation', { others: second === '' ? 'more' : 'two', first, second, year: String(year) });
  return compare ? say('design.compare', { source }) : source;
}
