import { useEffect } from 'react';
import { say } from '../../language/say.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { keepAtTop } from '../../ui/keep-at-top.ts';
import { late } from '../../ui/late.tsx';
import { PAPER_ID } from '../../ui/section-ids.ts';
import { useSeen } from '../../ui/use-screen.ts';
import { useLabState } from '../use-stores.ts';

/** Where the address has led already: a later race leaves the visitor where they are. */
let scrolledTo: string | null = null;

const PaperCards = late(
  () => import('./PaperCards.tsx'),
  (module) => module.PaperCards,
  <Title />,
);

/** The paper’s figures and tables beside what this page shows of them; loaded when they are first seen. */
export function PaperSection() {
  const [attach, seen] = useSeen<HTMLElement>();
  const open = useLabState((state) => state.open);
  useEffect(() => {
    const isWanted = new URL(location.href).searchParams.get('view') === PAPER_ID;
    if (open && isWanted && scrolledTo !== PAPER_ID) {
      scrolledTo = PAPER_ID;
      const section = document.getElementById(PAPER_ID);
      if (section !== null) keepAtTop(section);
    }
  }, [open]);
  return (
    <section className="part" id={PAPER_ID} aria-label={say('paper.title')} ref={attach}>
      <ErrorBoundary part={say('paper.title')} heading={<Title />}>
        {seen ? <PaperCards /> : <Title />}
      </ErrorBoundary>
    </section>
  );
}

function Title() {
  return (
    <div className="fig-head">
      <h2>{say('paper.title')}</h2>
    </div>
  );
}
