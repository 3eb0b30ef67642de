import './tokens.css';
import './controls/controls.css';
import './controls/overlays.css';
import './layout.css';
import { useCallback, useMemo, useState } from 'react';
import { useLab, useLabState } from '../lab/use-lab.ts';
import { useHidden } from '../lab/use-parts.ts';
import { Curves } from './curves/Curves.tsx';
import { seriesOf } from './curves/series.ts';
import { FamilySection } from './family/FamilySection.tsx';
import { Header } from './header/Header.tsx';
import { Inside } from './inside/Inside.tsx';
import { LeftRace } from './LeftRace.tsx';
import { Lanes } from './lanes/Lanes.tsx';
import { LibraryDialog } from './library/LibraryDialog.tsx';
import { useFileDrop } from './library/use-file-drop.ts';
import { Notice } from './Notice.tsx';
import { LabPanel } from './panel/LabPanel.tsx';
import { Predictions } from './predictions/Predictions.tsx';
import { SlowMotion } from './slow/SlowMotion.tsx';
import { UndoNotice } from './UndoNotice.tsx';
import { usePageKeys } from './use-page-keys.ts';

/** The whole page. */
export function App() {
  const lab = useLab();
  const experiment = useLabState((state) => state.experiment);
  const curves = useLabState((state) => state.curves);
  const hidden = useHidden();
  const [hot, setHot] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  usePageKeys(
    lab,
    useCallback(() => setHelp(true), []),
  );
  useFileDrop();
  const series = useMemo(
    () =>
      experiment.lanes.flatMap((lane) => {
        const curve = curves.get(lane.name);
        return curve === undefined ? [] : [seriesOf(experiment, lane, curve)];
      }),
    [experiment, curves],
  );
  return (
    <>
      <Header helpOpen={help} onHelp={setHelp} />
      <Notice />
      <UndoNotice />
      <LeftRace />
      <LibraryDialog />
      <div className={hidden.includes('lab') ? 'frame alone' : 'frame'}>
        {!hidden.includes('lab') && <LabPanel />}
        <main>
          <SlowMotion series={series} />
          <Lanes series={series} hot={hot} onHot={setHot} />
          <Curves series={series} hot={hot} onHot={setHot} />
          {!hidden.includes('inside') && <Inside />}
          {!hidden.includes('predictions') && <Predictions />}
          {!hidden.includes('family') && <FamilySection />}
        </main>
      </div>
    </>
  );
}
