import { Check, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { writeLink } from '../../features/share/link.ts';
import { useLab } from '../../features/use-stores.ts';
import { UI } from '../../ui/strings.ts';

/** Copies the address of this experiment, and puts it in the address bar. */
export function CopyLink() {
  const { store } = useLab();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 4000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const link = writeLink(new URL(location.href), store.getState().experiment);
    history.replaceState(null, '', link);
    try {
      // It may refuse, and where the page is not secure there is none.
      await navigator.clipboard.writeText(link.href);
      setSaid(UI.header.linkCopied);
    } catch {
      setSaid(UI.errors.clipboard);
    }
  };
  return (
    <>
      <button
        type="button"
        className="btn square"
        aria-label={UI.header.copyLink}
        title={UI.header.copyLink}
        onClick={copy}
      >
        {said === '' ? <Link size={16} aria-hidden /> : <Check size={16} aria-hidden />}
      </button>
      <span role="status" className={said === '' ? 'vh' : 'said'}>
        {said}
      </span>
    </>
  );
}
