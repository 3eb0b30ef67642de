import { ArrowUp } from 'lucide-react';
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../charts/colours.ts';
import type { LaneSpec } from '../core/experiment/experiment.ts';
import { percent } from '../core/format.ts';
import { useNetRepeats } from '../features/lab/use-net-costs.ts';
import { useToldLanes } from '../features/lesson/use-told-lanes.ts';
import { errorNow } from '../features/race/lanes/TrainingErrorNow.tsx';
import { useHidden, useLabState, useLessonState } from '../features/use-stores.ts';
import { say } from '../language/say.ts';
import { Glyph, Name } from '../ui/controls/Name.tsx';
import { goToAnchor, goToLateAnchor } from '../ui/go-to-anchor.ts';
import { FAMILY_ID } from '../ui/section-ids.ts';
import { ANCHORS, type Anchor } from './anchors.ts';
import styles from './sections.module.css';

/**
 * Leads to the sections: at the lower edge of the first screen, so that one sees that there is more; scrolled past, under
 * the header, with the errors of the race that is then out of sight.
 */
export function SectionBar() {
  const hidden = useHidden();
  const shown = useMemo(() => ANCHORS.filter(({ section }) => section === null || !hidden.includes(section)), [hidden]);
  const { bar, current, stuck } = useScrolled(shown);
  const inLesson = useLessonState((state) => state.on);
  const go = (event: MouseEvent, { id, section }: Anchor) => {
    // The fragment of the address holds the experiment.
    event.preventDefault();
    if (section === 'family') goToLateAnchor(id, FAMILY_ID);
    else if (section === null) scrollTo({ top: 0 });
    else goToAnchor(id);
  };
  return (
    <nav ref={bar} className={styles.bar} aria-label={say('page.sections')} data-stuck={stuck ? '' : undefined}>
      {shown.map((anchor) => (
        <a
          key={anchor.id}
          href={`#${anchor.id}`}
          aria-current={anchor.id === current ? 'true' : undefined}
          onClick={(event) => go(event, anchor)}
        >
          {say(anchor.name)}
        </a>
      ))}
      {stuck && inLesson && <LessonLink />}
      {stuck && <ErrorsNow />}
    </nav>
  );
}

/** Leads back up to the lesson, which is out of sight. */
function LessonLink() {
  return (
    <button
      type="button"
      className="btn mini"
      onClick={() => {
        scrollTo({ top: 0 });
        document.querySelector<HTMLElement>('[data-lesson] :is(.primary, [role="radio"])')?.focus();
      }}
    >
      <ArrowUp size={14} aria-hidden />
      <span>{say('lesson.backToLesson')}</span>
    </button>
  );
}

/** Which section is under the bar, and whether the bar has left the first screen. */
function useScrolled(shown: readonly Anchor[]) {
  const bar = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string>(ANCHORS[0].id);
  const [stuck, setStuck] = useState(false);
  useEffect(() => {
    const follow = () => {
      if (bar.current === null) return;
      const { top, bottom } = bar.current.getBoundingClientRect();
      const header = Number.parseFloat(getComputedStyle(bar.current).top);
      const isStuck = scrollY > 0 && top <= header + 1;
      setStuck(isStuck);
      // A section counts from a little before its heading is under the bar.
      const reached = shown.filter(({ id, section }) => {
        const element = document.getElementById(id);
        return section === null || (element !== null && element.getBoundingClientRect().top <= bottom + 80);
      });
      // At the lower edge of the window, all that is above it is the race.
      setCurrent((isStuck ? reached.at(-1)?.id : undefined) ?? ANCHORS[0].id);
    };
    follow();
    addEventListener('scroll', follow, { passive: true });
    addEventListener('resize', follow);
    return () => {
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
    };
  }, [shown]);
  return { bar, current, stuck };
}

function ErrorsNow() {
  const lanes = useToldLanes();
  const repeats = useNetRepeats();
  return (
    <ul className={styles.errors} aria-label={say('page.errorsNow')}>
      {lanes.map((lane) => (
        <ErrorNow key={lane.name} lane={lane} repeat={repeats.get(lane.name)} />
      ))}
    </ul>
  );
}

interface ErrorNowProps {
  readonly lane: LaneSpec;
  /** How many nets before it have its colour. */
  readonly repeat: number | undefined;
}

function ErrorNow({ lane: { name, net }, repeat }: ErrorNowProps) {
  const error = useLabState((state) => errorNow(state, name));
  return (
    <li className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
      <Glyph family={net.family} depth={net.depth} repeat={repeat} />
      <b>
        <Name>{name}</Name>
      </b>
      <span translate="no">{percent(error)}</span>
    </li>
  );
}
