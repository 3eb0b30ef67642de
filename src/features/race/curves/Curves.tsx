import { useStory } from '../story/race-story.ts';
import { Figures } from './Figures.tsx';
import { Story } from './Story.tsx';
import { usePlotHeight } from './use-plot-height.ts';
import { useRaces } from './use-races.ts';

/** What the race shows, as a sentence in large type and as two figures below it. */
export function Curves() {
  const races = useRaces();
  const story = useStory(races.series);
  const [attach, height] = usePlotHeight();
  return (
    <>
      <Story {...story} nets={races.series} />
      <Figures races={races} story={story} attach={attach} height={height} />
    </>
  );
}
