import { Check, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { writeLink } from '../../features/share/link.ts';
import { useLab, useLesson } from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import styles from './more.module.css';

/** What came of copying; refused, the link may be in the address bar. */
const OUTCOMES = { copied: 'page.linkCopied', inBar: 'page.copyRefused', refused: 'page.speedCopyRefused' } as const;

/** Copies the address of this experiment, and puts it in the address bar, where a chapter of the lesson keeps its own. */
export function CopyLink() {
  const { store } = useLab();
  const lesson = useLesson();
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 4000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const link = writeLink(new URL(location.href), store.getState().experiment);
    const isInLesson = lesson.store.getState().on;
    if (!isInLesson) history.replaceState(null, '', link);
    try {
      // It may refuse, and where the page is not secure there is none.
      await navigator.clipboard.writeText(link.href);
      setOutcome('copied');
    } catch {
      setOutcome(isInLesson ? 'refused' : 'inBar');
    }
  };
  return (
    <>
      <button type="button" className={styles.item} onClick={copy}>
        {outcome === 'copied' ? <Check size={16} aria-hidden /> : <Link size={16} aria-hidden />}
        <span>{say('page.copyLink')}</span>
      </button>
      <span role="status" aria-live="polite" className={outcome === null ? 'vh' : styles.said}>
        {outcome === null ? '' : say(OUTCOMES[outcome])}
      </span>
    </>
  );
}
