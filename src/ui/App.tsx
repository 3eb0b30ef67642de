import './tokens.css';
import './controls/controls.css';
import './controls/overlays.css';
import './layout.css';
import { useCallback, useState } from 'react';
import { useHidden, useLab } from '../lab/use-stores.ts';
import { FAILURE_TEXT } from '../text/failures.ts';
import { Announcements } from './Announcements.tsx';
import { Curves } from './curves/Curves.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
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
import { SkipLinks } from './SkipLinks.tsx';
import { SlowMotion } from './slow/SlowMotion.tsx';
import { UndoNotice } from './UndoNotice.tsx';
import { usePageKeys } from './use-page-keys.ts';

const { parts } = FAILURE_TEXT;

/** The whole page. It reads no state that changes while a race trains: each part of it reads what it shows. */
export function App() {
  const lab = useLab();
  const hidden = useHidden();
  const [help, setHelp] = useState(false);
  usePageKeys(
    lab,
    useCallback(() => setHelp(true), []),
  );
  useFileDrop();
  return (
    <>
      <SkipLinks />
      <ErrorBoundary part={parts.announcements}>
        <Announcements />
      </ErrorBoundary>
      <Header helpOpen={help} onHelp={setHelp} />
      <ErrorBoundary part={parts.notices}>
        <Notice />
        <UndoNotice />
        <LeftRace />
        <LibraryDialog />
      </ErrorBoundary>
      <div className={hidden.includes('lab') ? 'frame alone' : 'frame'}>
        {!hidden.includes('lab') && (
          <ErrorBoundary part={parts.lab}>
            <LabPanel />
          </ErrorBoundary>
        )}
        <main>
          <ErrorBoundary part={parts.slow}>
            <SlowMotion />
          </ErrorBoundary>
          <ErrorBoundary part={parts.lanes}>
            <Lanes />
          </ErrorBoundary>
          <ErrorBoundary part={parts.curves}>
            <Curves />
          </ErrorBoundary>
          {!hidden.includes('inside') && (
            <ErrorBoundary part={parts.inside}>
              <Inside />
            </ErrorBoundary>
          )}
          {!hidden.includes('predictions') && (
            <ErrorBoundary part={parts.predictions}>
              <Predictions />
            </ErrorBoundary>
          )}
          {!hidden.includes('family') && <FamilySection />}
        </main>
      </div>
    </>
  );
}
