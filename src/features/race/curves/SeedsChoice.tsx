import { say } from '../../../language/say.ts';
import { useRepeats, useRepeatsState } from '../../use-stores.ts';

/** The switch between figures of this race alone and of means over `seeds` seeds. */
export function SeedsChoice({ seeds }: { readonly seeds: number }) {
  const repeats = useRepeats();
  const showing = useRepeatsState((state) => state.showing);
  const choices = [
    [false, say('runs.thisRace')],
    [true, say('runs.seeds', { seeds })],
  ] as const;
  return (
    <fieldset className="fig-seg" aria-label={say('runs.seedsInFigures')}>
      {choices.map(([means, text]) => (
        <button key={text} type="button" aria-pressed={showing === means} onClick={() => repeats.show(means)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
