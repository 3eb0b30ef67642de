import type { ReactNode } from 'react';
import type { MessagePart } from '../language/say.ts';

/** By the name of a tag, how its text is drawn. */
type Tags = Readonly<Record<string, (text: string) => ReactNode>>;

interface SaidProps {
  /** What `parts` of a message gave. */
  readonly parts: readonly MessagePart[];
  /** `BOLD` if none are given. */
  readonly tags?: Tags;
}

/** What a sentence stresses, such as a number. */
export const BOLD = { b: (text: string) => <b>{text}</b> };

/** A message with its tagged pieces as elements: links, names in a net's colour, emphasis. */
export function Said({ parts, tags = BOLD }: SaidProps) {
  // The pieces of a sentence have no other identity than their place.
  return parts.map((part, index) => <Piece key={index.toString()} {...part} tags={tags} />);
}

function Piece({ text, tag = '', tags }: MessagePart & { readonly tags: Tags }) {
  return tags[tag]?.(text) ?? <span>{text}</span>;
}
