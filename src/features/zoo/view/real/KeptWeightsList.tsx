import { Trash2 } from 'lucide-react';
import { SignButton } from '../../../../ui/controls/Button.tsx';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';

/** The weights that the browser keeps, how large they are, and a way to be rid of them. */
export function KeptWeightsList() {
  const pretrained = usePretrained();
  const kept = usePretrainedState((state) => state.kept);
  const fetching = usePretrainedState((state) => state.loading !== null);
  if (kept.length === 0) return null;
  return (
    <section className="real-kept" aria-label={REAL.keptTitle}>
      <h4>{REAL.keptTitle}</h4>
      <ul>
        {kept.map((weights) => (
          <li key={weights.repository}>
            <span>{weights.repository}</span>
            <small>{REAL.keptSize(weights)}</small>
            {!fetching && (
              <SignButton
                sign={Trash2}
                label={REAL.forget(weights.repository)}
                onClick={() => pretrained.forget(weights.repository)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
