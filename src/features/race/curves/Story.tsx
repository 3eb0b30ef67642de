import type { Net } from '../../../charts/panels/panel.ts';
import { Sentence } from '../story/Sentence.tsx';
import { type RaceStory, textOf } from '../story/story.ts';

interface StoryProps extends Pick<RaceStory, 'parts' | 'caveat'> {
  readonly nets: readonly Net[];
}

/** What the race shows so far, with the nets' numbers in their colours. */
export function Story({ parts, caveat, nets }: StoryProps) {
  return (
    <p className="story">
      <Sentence parts={parts} nets={nets} />
      {caveat.length > 0 && <small>{textOf(caveat)}</small>}
    </p>
  );
}
