import { lazy, Suspense, useEffect, useState } from 'react';
import { FAMILY } from '../../text/family.ts';
import { useInView } from '../inside/use-in-view.ts';

const Family = lazy(() => import('./Family.tsx').then((module) => ({ default: module.Family })));

/** The place of the family on the page; what is in it is loaded when it is first seen, and stays. */
export function FamilySection() {
  const [attach, inView] = useInView<HTMLElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (inView) setSeen(true);
  }, [inView]);
  return (
    <section className="part family" id="family" aria-label={FAMILY.title} ref={attach}>
      <Suspense fallback={<Title />}>{seen ? <Family /> : <Title />}</Suspense>
    </section>
  );
}

function Title() {
  return (
    <div className="fig-head">
      <h2>{FAMILY.title}</h2>
    </div>
  );
}
