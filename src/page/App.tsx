import { say } from '../language/say.ts';
import '../ui/tokens.css';
import '../ui/controls/global.css';
import '../ui/layout.css';
import { memo, useCallback, useState } from 'react';
import { AssignmentStrip } from '../features/classroom/view/AssignmentStrip.tsx';
import { LookInside } from '../features/insight/view/LookInside.tsx';
import { titleAt } from '../features/lesson/position.ts';
import { useFileDrop } from '../features/library/view/file-drop.ts';
import { LibraryDialog } from '../features/library/view/LibraryDialog.tsx';
import { Predictions } from '../features/own-image/view/Predictions.tsx';
import { PaperSection } from '../features/paper/PaperSection.tsx';
import { LabDrawer } from '../features/setup/LabDrawer.tsx';
import { useAllStores, useClassroomState, useHidden, useLessonState } from '../features/use-stores.ts';
import { FamilySection } from '../features/zoo/view/FamilySection.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { HiddenFailures } from '../ui/HiddenFailures.tsx';
import { useBeside, usePhone } from '../ui/use-screen.ts';
import { Announcements } from './Announcements.tsx';
import { type DialogName, Dialogs } from './Dialogs.tsx';
import { Header } from './header/Header.tsx';
import { ThumbBar } from './header/ThumbBar.tsx';
import { Notices } from './Notices.tsx';
import { PresentationControls } from './presentation/PresentationControls.tsx';
import { PresentationHead } from './presentation/PresentationHead.tsx';
import { QuestionStrip, useQuestion } from './QuestionStrip.tsx';
import { RaceParts } from './RaceParts.tsx';
import { remember, remembered } from './remembered.ts';
import { SectionBar } from './SectionBar.tsx';
import { SkipLinks } from './SkipLinks.tsx';
import { usePageKeys } from './use-page-keys.ts';

/** The whole page. It reads no state that changes while a race trains: each part of it reads what it shows. */
export function App() {
  const stores = useAllStores();
  const phone = usePhone();
  const presenting = useClassroomState((state) => state.presenting);
  const hidesLab = useHidden().includes('lab');
  const hasLab = !presenting && !hidesLab;
  const { labOpen, isBeside, showLab, toggleLab } = useLabDrawer();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const openHelp = useCallback(() => setDialog('help'), []);
  usePageKeys(stores, openHelp, hasLab ? toggleLab : null);
  useFileDrop();
  return (
    <>
      <SkipLinks lab={hasLab && labOpen} />
      <ErrorBoundary part={say('charts.partAnnouncements')}>
        <Announcements />
        <HiddenFailures />
      </ErrorBoundary>
      {!presenting && <Header labOpen={labOpen} onLab={toggleLab} onDialog={setDialog} />}
      <ErrorBoundary part={say('charts.partNotices')}>
        <Notices />
        <LibraryDialog />
        <Dialogs open={dialog} onOpen={setDialog} />
      </ErrorBoundary>
      <div className={hasLab && labOpen && isBeside ? 'frame beside-lab' : 'frame'}>
        <Sections />
        {hasLab && (
          <ErrorBoundary part={say('charts.partLab')}>
            <LabDrawer open={labOpen} onOpen={showLab} />
          </ErrorBoundary>
        )}
      </div>
      {presenting && (
        <ErrorBoundary part={say('charts.partTransport')}>
          <PresentationControls />
        </ErrorBoundary>
      )}
      {phone && !presenting && (
        <ErrorBoundary part={say('charts.partTransport')}>
          <ThumbBar labOpen={labOpen} onLab={toggleLab} />
        </ErrorBoundary>
      )}
    </>
  );
}

/**
 * Whether the lab is open. Beside the race that is remembered between visits; where it would cover the race, it is closed
 * at first.
 */
function useLabDrawer() {
  const isBeside = useBeside();
  const [beside, setBeside] = useState(() => remembered('lab') === 'open');
  const [over, setOver] = useState(false);
  const labOpen = isBeside ? beside : over;
  const showLab = useCallback(
    (open: boolean) => {
      if (isBeside) {
        remember('lab', open ? 'open' : null);
        setBeside(open);
      } else setOver(open);
    },
    [isBeside],
  );
  const toggleLab = useCallback(() => showLab(!labOpen), [showLab, labOpen]);
  return { labOpen, isBeside, showLab, toggleLab };
}

/** What can be scrolled: the race, which fills the first screen, and the sections below. */
const Sections = memo(function Sections() {
  const hidden = useHidden();
  const presenting = useClassroomState((state) => state.presenting);
  const assignment = useClassroomState((state) => state.assignment);
  const asked = useLessonState(({ on, position, chapter }) => (on ? titleAt(position, chapter) : null));
  const { question } = useQuestion();
  const hadLesson = useLessonState(({ wasOn }) => wasOn);
  return (
    <main>
      <div className="first-screen">
        <ErrorBoundary part={say('page.question')}>
          {presenting ? (
            <PresentationHead question={assignment?.title || (asked ?? say(question))} task={assignment?.task ?? ''} />
          ) : (
            <>
              {assignment !== null && <AssignmentStrip {...assignment} />}
              {/* A lecturer's words replace the question of the experiment, but not the button back to the lesson. */}
              {(assignment === null || hadLesson) && <QuestionStrip isRead={assignment !== null} />}
            </>
          )}
        </ErrorBoundary>
        <div className="race">
          <RaceParts />
        </div>
      </div>
      {!presenting && (
        <ErrorBoundary part={say('page.sections')}>
          <SectionBar />
        </ErrorBoundary>
      )}
      <div className="below" hidden={presenting}>
        {!hidden.includes('inside') && (
          <ErrorBoundary part={say('charts.partInside')}>
            <LookInside />
          </ErrorBoundary>
        )}
        {!hidden.includes('predictions') && (
          <ErrorBoundary part={say('charts.partPredictions')}>
            <Predictions />
          </ErrorBoundary>
        )}
        {!hidden.includes('family') && <PaperSection />}
        {!hidden.includes('family') && <FamilySection />}
      </div>
    </main>
  );
});
