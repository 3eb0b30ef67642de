import { rate } from '../../core/format.ts';
import { useAutosaveState, useLabState } from '../../features/use-stores.ts';
import { UI } from '../../ui/strings.ts';
import { DeviceMenu } from './DeviceMenu.tsx';
import { SeedProgress } from './SeedProgress.tsx';

const { header } = UI;

/** Where training is and how fast it goes. Not announced: it changes ten times a second. */
export function Status() {
  const saved = useAutosaveState((state) => state.savedAt);
  return (
    <div className="status">
      <div role="status" aria-live="off" className="numbers">
        <Step />
        <SeedProgress />
        {saved !== null && (
          <span className="saved" title={header.savedHint}>
            {header.saved(saved)}
          </span>
        )}
        <Rates />
      </div>
      <DeviceMenu />
    </div>
  );
}

function Step() {
  const step = useLabState((state) => state.step);
  return <b>{header.stepNumber(step)}</b>;
}

function Rates() {
  const rounds = useLabState((state) => (state.training ? state.roundsPerSecond : null));
  const images = useLabState(({ experiment }) => experiment.recipe.batch * experiment.lanes.length);
  if (rounds === null) return null;
  return (
    <>
      <span className="rounds">{header.rounds(rate(rounds))}</span>
      <span className="images">{header.images(rate(rounds * images))}</span>
    </>
  );
}
