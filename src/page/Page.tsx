import { useSyncExternalStore } from 'react';
import { language, onLanguage, say } from '../language/say.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { App } from './App.tsx';
import { CopyLink } from './header/CopyLink.tsx';
import { Transport } from './header/Transport.tsx';

/** The page, and what is left of it where the whole of it fails: the race goes on, and can be paused and copied. */
export function Page() {
  // Another language renders everything from the stores again.
  const key = useSyncExternalStore(onLanguage, language);
  return (
    <ErrorBoundary key={key} part={say('charts.partPage')} meanwhile={<RaceControls />}>
      <App />
    </ErrorBoundary>
  );
}

function RaceControls() {
  return (
    <main className="page-failed">
      <ErrorBoundary part={say('charts.partTransport')}>
        <Transport />
        <CopyLink />
      </ErrorBoundary>
    </main>
  );
}
