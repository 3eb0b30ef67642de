import { X } from 'lucide-react';
import { useLab, useLabState } from '../lab/use-lab.ts';
import { UI } from '../text/ui.ts';

/** What went wrong, in a sentence, until it is put away. */
export function Notice() {
  const lab = useLab();
  const notice = useLabState((state) => state.notice);
  return (
    <div role="alert">
      {notice !== null && (
        <div className="notice">
          <p>
            <b>{UI.notice.title}. </b>
            {notice.message}.
          </p>
          <button type="button" className="btn square" aria-label={UI.notice.dismiss} onClick={lab.dismissNotice}>
            <X size={16} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
