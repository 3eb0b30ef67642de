import { ChevronDown, SlidersHorizontal } from 'lucide-react';
import { useRef } from 'react';
import { PRESET_WORDS } from '../../features/setup/presets/preset-words.ts';
import { useHidden, useLabState } from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import { useFocusAtChange } from '../../ui/controls/focus-return.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { usePhone } from '../../ui/use-screen.ts';
import type { DialogName } from '../Dialogs.tsx';
import styles from './header.module.css';
import { LanguageLinks } from './LanguageLinks.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { StepCounter, Transport } from './Transport.tsx';

export interface HeaderProps {
  readonly labOpen: boolean;
  readonly onLab: () => void;
  readonly onDialog: (dialog: DialogName) => void;
}

/** The bar that stays. On a phone, what trains lies under the thumb instead, and the rest is in the menu. */
export function Header({ labOpen, onLab, onDialog }: HeaderProps) {
  const phone = usePhone();
  return (
    <header className={styles.header}>
      <Mark />
      <ErrorBoundary part={say('charts.partPresets')}>
        <ExperimentsButton onClick={() => onDialog('experiments')} />
      </ErrorBoundary>
      {!phone && (
        <>
          <ErrorBoundary part={say('charts.partTransport')}>
            <Transport />
          </ErrorBoundary>
          <ErrorBoundary part={say('charts.partStatus')}>
            <StepCounter />
          </ErrorBoundary>
        </>
      )}
      <ErrorBoundary part={say('charts.partTools')}>
        <div className={styles.tools}>
          <LanguageLinks />
          {!phone && <LabButton open={labOpen} onClick={onLab} />}
          <MoreMenu onDialog={onDialog} />
        </div>
        <Loading />
      </ErrorBoundary>
    </header>
  );
}

/** Two layers under an arc. */
function Mark() {
  return (
    <h1 className={styles.mark}>
      <svg className="net res" style={{ '--t': 0.71 }} viewBox="0 0 28 22" aria-hidden="true">
        <path className={styles.wire} d="M1 16h26" />
        <rect x="9" y="11" width="4" height="10" rx="1" />
        <rect x="15" y="11" width="4" height="10" rx="1" />
        <path className={styles.arc} d="M4 16C4 1.5 24 1.5 24 16" />
      </svg>
      <span>{say('page.title')}</span>
    </h1>
  );
}

/** Opens the cards. It names the experiment only once there is a result, since a name may give it away. */
function ExperimentsButton({ onClick }: { readonly onClick: () => void }) {
  const preset = useLabState((state) => state.preset);
  const isKnown = useLabState((state) => state.step > 0 && state.step >= state.experiment.until);
  return (
    <button type="button" className={`btn ${styles.experiments}`} aria-haspopup="dialog" onClick={onClick}>
      <span>{say('page.experiments')}</span>
      {isKnown && preset !== null && <em>{say(PRESET_WORDS[preset].name)}</em>}
      <ChevronDown size={14} aria-hidden />
    </button>
  );
}

/** Opens and closes the drawer of data, recipe and nets; nothing where a link leaves that out. */
export function LabButton({ open, onClick }: { readonly open: boolean; readonly onClick: () => void }) {
  const hidden = useHidden();
  const button = useRef<HTMLButtonElement>(null);
  // A key closes the lab, too, while the focus is in it.
  useFocusAtChange(() => button.current, open);
  if (hidden.includes('lab')) return null;
  return (
    <button
      ref={button}
      type="button"
      className={`btn ${styles.narrowing} ${styles.lab}`}
      aria-expanded={open}
      title={say('page.labHint')}
      onClick={onClick}
    >
      <SlidersHorizontal size={16} aria-hidden />
      <span className={styles.word}>{say('page.lab')}</span>
    </button>
  );
}

/** A thin bar under the header while something is loaded, started or compiled. */
function Loading() {
  const loading = useLabState((state) => state.loading);
  if (loading === null) return null;
  const words = {
    page: say('page.loadingPage'),
    device: say('page.loadingDevice'),
    data: say('page.loadingData'),
    kernels: say('page.loadingKernels'),
  }[loading.what];
  const share = Math.round(100 * loading.fraction);
  return (
    <div className={styles.loading} role="progressbar" aria-label={words} aria-valuenow={share}>
      <span className={styles.loadingBar} style={{ width: `${Math.max(4, share)}%` }} />
      <span className={styles.loadingWords}>{words}</span>
    </div>
  );
}
