import { Fragment, type ReactNode } from 'react';
import type { MessagePart } from '../language/say.ts';

interface SaidProps {
  /** What `parts` of a message gave. */
  readonly parts: readonly MessagePart[];
  /** By the name of a tag, how its text is drawn. */
  readonly tags: Readonly<Record<string, (text: string) => ReactNode>>;
}

/** A message with its tagged pieces as elements: links, names in a net's colour, emphasis. */
export function Said({ parts, tags }: SaidProps) {
  return parts.map(({ text, tag }, index) => (
    // The pieces of a sentence have no other identity than their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>{tag === undefined ? text : (tags[tag]?.(text) ?? text)}</Fragment>
  ));
}
