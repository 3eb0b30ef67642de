import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isolate } from './isolation/isolate.ts';
import { followedAddress } from './lab/address.ts';
import { createInside } from './lab/inside.ts';
import { createKeeping } from './lab/keeping.ts';
import { createLab } from './lab/lab.ts';
import { createLibrary } from './lab/library.ts';
import { readLink } from './lab/link.ts';
import { createOwnImage } from './lab/own-image.ts';
import { tellPageErrors } from './lab/page-errors.ts';
import { createParts, readHidden, withHidden } from './lab/parts.ts';
import { createPlayground, type Playground } from './lab/playground.ts';
import { createPretrained } from './lab/pretrained.ts';
import { createRepeats } from './lab/repeats.ts';
import { createRuns } from './lab/runs.ts';
import { createSlowMotion } from './lab/slow-motion.ts';
import { InsideContext } from './lab/use-inside.ts';
import { KeepingContext } from './lab/use-keeping.ts';
import { LabContext } from './lab/use-lab.ts';
import { LibraryContext } from './lab/use-library.ts';
import { OwnImageContext } from './lab/use-own-image.ts';
import { PartsContext } from './lab/use-parts.ts';
import { PretrainedContext } from './lab/use-pretrained.ts';
import { RepeatsContext } from './lab/use-repeats.ts';
import { RunsContext } from './lab/use-runs.ts';
import { SlowMotionContext } from './lab/use-slow-motion.ts';
import { OWN_IMAGE_TEXT } from './text/own-image.ts';
import { Page } from './ui/Page.tsx';
import { startLibrary, startPretrained, startTraining } from './worker/client.ts';

declare global {
  interface Window {
    playground: Playground;
  }
}

await isolate();
const dataFolder = new URL('data/', document.baseURI).href;
const lab = createLab((hearer) => startTraining(dataFolder, hearer));
const librarian = startLibrary();
const library = createLibrary(librarian, lab);
const locks = 'locks' in navigator ? navigator.locks : null;
const newId = () => crypto.getRandomValues(new Uint32Array(3)).join('-');
const runs = createRuns(librarian, newId);
const repeats = createRepeats(lab, runs);
const keeping = createKeeping(lab, librarian, locks, newId, runs, repeats);
const inside = createInside(lab.store, lab);
const ownImage = createOwnImage(lab, OWN_IMAGE_TEXT.name);
const pretrained = createPretrained(startPretrained, () => lab.store.getState().backend, librarian);
const slow = createSlowMotion(lab);
const parts = createParts();
window.playground = createPlayground(lab);
tellPageErrors(lab.tell);
runs.refresh();
lab.openLink(() => {
  const address = new URL(location.href);
  parts.hide(readHidden(address));
  return readLink(address);
});
parts.store.subscribe(({ hidden }) => {
  const { href } = withHidden(new URL(location.href), hidden);
  if (href !== location.href) history.replaceState(null, '', href);
});

lab.store.subscribe((now, before) => {
  // The first race is the address's own; an experiment that waits for its data still stands in it.
  if (!before.open || now.missing !== null) return;
  if (now.experiment === before.experiment && now.until === before.until) return;
  const { href } = followedAddress(new URL(location.href), { ...now.experiment, until: now.until }, now.preset);
  if (href !== location.href) history.replaceState(null, '', href);
});

const root = document.getElementById('root');
if (root === null) throw new Error('page: index.html has no element "root"');
// An error boundary writes what it catches to the console itself.
createRoot(root, { onCaughtError: () => {} }).render(
  <StrictMode>
    <LabContext value={lab}>
      <InsideContext value={inside}>
        <SlowMotionContext value={slow}>
          <LibraryContext value={library}>
            <KeepingContext value={keeping}>
              <RunsContext value={runs}>
                <RepeatsContext value={repeats}>
                  <PretrainedContext value={pretrained}>
                    <OwnImageContext value={ownImage}>
                      <PartsContext value={parts}>
                        <Page />
                      </PartsContext>
                    </OwnImageContext>
                  </PretrainedContext>
                </RepeatsContext>
              </RunsContext>
            </KeepingContext>
          </LibraryContext>
        </SlowMotionContext>
      </InsideContext>
    </LabContext>
  </StrictMode>,
);
