import { say } from '../../language/say.ts';
import { Sheet } from '../../ui/controls/Sheet.tsx';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { LAB_ID } from '../../ui/section-ids.ts';
import { useBeside, usePhone } from '../../ui/use-screen.ts';
import { useLabState } from '../use-stores.ts';
import { DataSection } from './DataSection.tsx';
import styles from './lab.module.css';
import { NetsSection } from './NetsSection.tsx';
import { RecipeSection } from './RecipeSection.tsx';

export interface LabDrawerProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Data, recipe and nets: beside the race where there is room, else over it, on a phone as a sheet. */
export function LabDrawer({ open, onOpen }: LabDrawerProps) {
  const beside = useBeside();
  const phone = usePhone();
  if (beside) return open ? <Lab className={styles.beside} /> : null;
  return (
    <Sheet
      title={say('page.lab')}
      closeWord={say('page.close')}
      open={open}
      onOpen={onOpen}
      edge={phone ? 'bottom' : 'left'}
    >
      <Lab />
    </Sheet>
  );
}

function Lab({ className = '' }: { readonly className?: string | undefined }) {
  // What is typed before the first race is known would be lost.
  const ready = useLabState((state) => state.open || state.device !== null);
  return (
    <aside
      className={`${styles.lab} ${className}`}
      id={LAB_ID}
      tabIndex={-1}
      aria-label={say('page.lab')}
      inert={!ready}
    >
      <ErrorBoundary part={say('charts.partData')}>
        <DataSection />
      </ErrorBoundary>
      <ErrorBoundary part={say('charts.partRecipe')}>
        <RecipeSection />
      </ErrorBoundary>
      <ErrorBoundary part={say('charts.partNets')}>
        <NetsSection />
      </ErrorBoundary>
    </aside>
  );
}
