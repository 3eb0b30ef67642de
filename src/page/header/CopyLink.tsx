import { Check, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { writeLink } from '../../features/share/link.ts';
import { useLab, useLesson } from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import styles from './more.module.css';

/** Copies the address of this experiment, and puts it in the address bar, where a chapter of the lesson keeps its own. */
export function CopyLink() {
  const { store } = useLab();
  const lesson = useLesson();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 4000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const link = writeLink(new URL(location.href), store.getState().experiment);
    if (!lesson.store.getState().on) history.replaceState(null, '', link);
    try {
      // It may refuse, and where the page is not secure there is none.
      await navigator.clipboard.writeText(link.href);
      setSaid(say('page.linkCopied'));
    } catch {
      setSaid(say('page.copyRefused'));
    }
  };
  return (
    <>
      <button type="button" className={styles.item} onClick={copy}>
        {said === '' ? <Link size={16} aria-hidden /> : <Check size={16} aria-hidden />}
        <span>{say('page.copyLink')}</span>
      </button>
      <span role="status" className={said === '' ? 'vh' : styles.said}>
        {said}
      </span>
    </>
  );
}
