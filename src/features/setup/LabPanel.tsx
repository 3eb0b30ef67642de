import './panel.css';
import { useEffect, useState } from 'react';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { FAILURE_TEXT } from '../../ui/failures.ts';
import { LAB_ID } from '../../ui/focus.ts';
import { UI } from '../../ui/strings.ts';
import { DataSection } from './DataSection.tsx';
import { NetsSection } from './NetsSection.tsx';
import { RecipeSection } from './RecipeSection.tsx';

const { parts } = FAILURE_TEXT;

const BESIDE = '(min-width: 1021px)';

/** Data, recipe and nets: beside the race where there is room, else folded under it. */
export function LabPanel() {
  const [open, setOpen] = useState(() => matchMedia(BESIDE).matches);
  useEffect(() => {
    const query = matchMedia(BESIDE);
    const follow = () => setOpen(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return (
    <aside className="lab" id={LAB_ID} tabIndex={-1} aria-label="Lab">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{UI.lab}</summary>
        <ErrorBoundary part={parts.data}>
          <DataSection />
        </ErrorBoundary>
        <ErrorBoundary part={parts.recipe}>
          <RecipeSection />
        </ErrorBoundary>
        <ErrorBoundary part={parts.nets}>
          <NetsSection />
        </ErrorBoundary>
      </details>
    </aside>
  );
}
