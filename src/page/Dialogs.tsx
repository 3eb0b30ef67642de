import { RunsDialog } from '../features/runs/view/RunsDialog.tsx';
import { ExperimentsDialog } from '../features/setup/presets/ExperimentsDialog.tsx';
import { ShareDialog } from '../features/share/sheet/ShareDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';

/** A dialog over the page that more than one button or key opens. */
export type DialogName = 'experiments' | 'runs' | 'share' | 'help';

export interface DialogsProps {
  readonly open: DialogName | null;
  readonly onOpen: (dialog: DialogName | null) => void;
}

/** The dialogs of the header, of which one at most is open. */
export function Dialogs({ open, onOpen }: DialogsProps) {
  const show = (dialog: DialogName) => (next: boolean) => onOpen(next ? dialog : null);
  return (
    <>
      <ExperimentsDialog open={open === 'experiments'} onOpen={show('experiments')} onRuns={() => onOpen('runs')} />
      <RunsDialog open={open === 'runs'} onOpen={show('runs')} />
      <ShareDialog open={open === 'share'} onOpen={show('share')} />
      <HelpDialog open={open === 'help'} onOpen={show('help')} />
    </>
  );
}
