import { useKeepingState, useLabState } from '../../lab/use-stores.ts';
import { rate } from '../../text/format.ts';
import { UI } from '../../text/ui.ts';
import { DeviceMenu } from './DeviceMenu.tsx';
import { SeedProgress } from './SeedProgress.tsx';

const { header } = UI;

/** Where training is and how fast it goes. Not announced: it changes ten times a second. */
export function Status() {
  const step = useLabState((state) => state.step);
  const rounds = useLabState((state) => (state.training ? state.roundsPerSecond : null));
  const saved = useKeepingState((state) => state.savedAt);
  const images = useLabState(({ experiment }) => experiment.recipe.batch * experiment.lanes.length);
  return (
    <div className="status">
      <div role="status" aria-live="off" className="numbers">
        <b>{header.stepNumber(step)}</b>
        <SeedProgress />
        {saved !== null && (
          <span className="saved" title={header.savedHint}>
            {header.saved(saved)}
          </span>
        )}
        {rounds !== null && <span className="rounds">{header.rounds(rate(rounds))}</span>}
        {rounds !== null && <span className="images">{header.images(rate(rounds * images))}</span>}
      </div>
      <DeviceMenu />
    </div>
  );
}
