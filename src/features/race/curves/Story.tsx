import type { Net } from '../../../charts/inside/net.ts';
import type { StoryPart } from '../story/claims.ts';
import { Sentence } from '../story/Sentence.tsx';

export interface StoryProps {
  readonly parts: readonly StoryPart[];
  readonly footnote: string;
  readonly nets: readonly Net[];
}

/** What the race shows so far, with the nets' numbers in their colours. */
export function Story({ parts, footnote, nets }: StoryProps) {
  return (
    <p className="story">
      <Sentence parts={parts} nets={nets} />
      {footnote !== '' && <small>{footnote}</small>}
    </p>
  );
}
