import { UI } from '../../../ui/strings.ts';
import { useLab, useLabState } from '../../use-stores.ts';

const words = UI.branching;

/** The notice that a net's loss is no longer finite: at which step, in which layer, and a button to rewind it. */
export function Diverged({ name, step }: { readonly name: string; readonly step: number }) {
  const lab = useLab();
  const layer = useLabState((state) => state.curves.get(name)?.brokenLayer ?? null);
  const good = useLabState((state) => state.kept.get(name)?.findLast((kept) => kept < step) ?? 0);
  return (
    <small>
      <span>{UI.lanes.diverged(step, layer)}</span>
      <button
        type="button"
        className="btn mini"
        aria-label={words.lastGoodOf(name, good)}
        onClick={() => lab.rewind(name, good)}
      >
        {words.lastGood(good)}
      </button>
    </small>
  );
}
