import { useLabState } from '../../features/use-stores.ts';
import { UI } from '../../ui/strings.ts';

/** A thin bar under the header while something is loaded, started or compiled. */
export function Loading() {
  const loading = useLabState((state) => state.loading);
  if (loading === null) return null;
  const words = UI.loading[loading.what];
  const share = Math.round(100 * loading.fraction);
  return (
    <div className="loading" role="progressbar" aria-label={words} aria-valuenow={share}>
      <span className="loading-bar" style={{ width: `${Math.max(4, share)}%` }} />
      <span className="loading-words">{words}</span>
    </div>
  );
}
