import './curves.css';
import { CHARTS_ID } from '../../../ui/focus.ts';
import { useStory } from '../story/race-story.ts';
import { Figures } from './Figures.tsx';
import { Story } from './Story.tsx';
import { useRaces } from './use-races.ts';

/** The curves of the race in two figures, and what they show in a sentence. */
export function Curves() {
  const races = useRaces();
  const story = useStory(races.series);
  return (
    <section className="charts" id={CHARTS_ID} tabIndex={-1} aria-label="Charts">
      <Figures races={races} story={story} />
      <Story {...story} nets={races.series} />
    </section>
  );
}
