import '../ui/tokens.css';
import '../ui/controls/controls.css';
import '../ui/controls/overlays.css';
import '../ui/layout.css';
import { useCallback, useState } from 'react';
import { ResumeRace } from '../features/autosave/ResumeRace.tsx';
import { Inside } from '../features/insight/view/Inside.tsx';
import { useFileDrop } from '../features/library/view/dropped-files.ts';
import { LibraryDialog } from '../features/library/view/LibraryDialog.tsx';
import { Predictions } from '../features/own-image/view/Predictions.tsx';
import { Curves } from '../features/race/curves/Curves.tsx';
import { Lanes } from '../features/race/lanes/Lanes.tsx';
import { UndoNotice } from '../features/race/UndoNotice.tsx';
import { LabPanel } from '../features/setup/LabPanel.tsx';
import { SlowMotion } from '../features/slow-motion/view/SlowMotion.tsx';
import { useHidden, useLab } from '../features/use-stores.ts';
import { FamilySection } from '../features/zoo/view/FamilySection.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { FAILURE_TEXT } from '../ui/failures.ts';
import { Announcements } from './Announcements.tsx';
import { Header } from './header/Header.tsx';
import { Notice } from './Notice.tsx';
import { SkipLinks } from './SkipLinks.tsx';
import { UpdateNotice } from './UpdateNotice.tsx';
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
        <UpdateNotice />
        <UndoNotice />
        <ResumeRace />
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
