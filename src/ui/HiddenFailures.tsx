import { useSyncExternalStore } from 'react';
import { hiddenFailures, onHiddenFailures } from './hidden-failures.ts';

/**
 * Says what fails behind a dialog. It stands there before, so it is not hidden by the dialog with the rest of the page:
 * src/ui/live-regions.test.ts.
 */
export function HiddenFailures() {
  const said = useSyncExternalStore(onHiddenFailures, hiddenFailures);
  return (
    <div role="alert" aria-live="assertive" className="vh">
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
