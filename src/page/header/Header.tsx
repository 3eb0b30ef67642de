import './header.css';
import { PRESET_NAMES } from '../../core/experiment/presets.ts';
import { RunsDialog } from '../../features/runs/view/RunsDialog.tsx';
import { CUSTOM_PRESET, PRESET_TEXT } from '../../features/setup/preset-strings.ts';
import { useLab, useLabState } from '../../features/use-stores.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { FAILURE_TEXT } from '../../ui/failures.ts';
import { UI } from '../../ui/strings.ts';
import { CopyLink } from './CopyLink.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { Loading } from './Loading.tsx';
import { SaveMenu } from './SaveMenu.tsx';
import { Status } from './Status.tsx';
import { Transport } from './Transport.tsx';
import { ViewMenu } from './ViewMenu.tsx';

const { parts } = FAILURE_TEXT;

export interface HeaderProps {
  readonly helpOpen: boolean;
  readonly onHelp: (open: boolean) => void;
}

/** The bar that stays: what runs, and the few controls that are always at hand. */
export function Header({ helpOpen, onHelp }: HeaderProps) {
  return (
    <header className="top">
      <Mark />
      <ErrorBoundary part={parts.presets}>
        <PresetSelect />
      </ErrorBoundary>
      <ErrorBoundary part={parts.transport}>
        <Transport />
      </ErrorBoundary>
      <ErrorBoundary part={parts.status}>
        <Status />
      </ErrorBoundary>
      <ErrorBoundary part={parts.tools}>
        <div className="tools">
          <RunsDialog />
          <CopyLink />
          <SaveMenu />
          <ViewMenu />
          <HelpDialog open={helpOpen} onOpen={onHelp} />
        </div>
        <Loading />
      </ErrorBoundary>
    </header>
  );
}

/** Two layers under an arc. */
function Mark() {
  return (
    <h1 className="mark">
      <svg className="net res" style={{ '--t': 0.71 }} viewBox="0 0 28 22" aria-hidden="true">
        <path className="wire" d="M1 16h26" />
        <rect x="9" y="11" width="4" height="10" rx="1" />
        <rect x="15" y="11" width="4" height="10" rx="1" />
        <path className="arc" d="M4 16C4 1.5 24 1.5 24 16" />
      </svg>
      <span>{UI.title}</span>
    </h1>
  );
}

function PresetSelect() {
  const { openPreset } = useLab();
  const preset = useLabState((state) => state.preset);
  const named = PRESET_NAMES.map((value) => ({
    value,
    text: PRESET_TEXT[value].title,
    hint: PRESET_TEXT[value].about,
  }));
  const options = preset === null ? [{ value: 'custom' as const, text: CUSTOM_PRESET }, ...named] : named;
  return (
    <Select
      label={UI.header.preset}
      value={preset ?? 'custom'}
      options={options}
      onChange={(value) => {
        if (value !== 'custom') openPreset(value);
      }}
    />
  );
}
