import { say } from '../../../language/say.ts';
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx';
import { late } from '../../../ui/late.tsx';
import { FAMILY_ID } from '../../../ui/section-ids.ts';
import { useSeen } from '../../../ui/use-screen.ts';

const FamilyFigures = late(
  () => import('./FamilyFigures.tsx'),
  (module) => module.FamilyFigures,
  <Title />,
);

/** The place of the family on the page; what is in it is loaded when it is first seen, and stays. */
export function FamilySection() {
  const [attach, seen] = useSeen<HTMLElement>();
  return (
    <section className="part" id={FAMILY_ID} aria-label={say('zoo.title')} ref={attach}>
      <ErrorBoundary part={say('charts.partFamily')} heading={<Title />}>
        {seen ? <FamilyFigures /> : <Title />}
      </ErrorBoundary>
    </section>
  );
}

function Title() {
  return (
    <div className="fig-head">
      <h2>{say('zoo.title')}</h2>
    </div>
  );
}
