import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { focusDialog } from '../../../ui/controls/Modal.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { UI } from '../../../ui/strings.ts';
import { useLab } from '../../use-stores.ts';
import { BlockControls, type BlockDetails, usePendingGain } from './BlockControls.tsx';
import { useSwipeDown } from './use-swipe-down.ts';

const words = UI.card;

export interface BlockSheetProps extends BlockDetails {
  readonly onClose: () => void;
}

/**
 * The card of a block for fingers, at the lower edge of the screen. A tap on a block opens it and changes nothing: a
 * block is narrower than a fingertip, so its shortcut is cut by the switch here.
 */
export function BlockSheet({ onClose, ...details }: BlockSheetProps) {
  const { lane, block, gain } = details;
  const { net, name } = lane;
  const lab = useLab();
  const pending = usePendingGain(name, block);
  const { drop, handle } = useSwipeDown(onClose);
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay pale" />
        <Dialog.Content
          className={`sheet block-details ${netClass(net.family)}`}
          style={{ ...netStyle(depthLightness(net.depth)), translate: `0 ${drop}px` }}
          aria-describedby={undefined}
          onOpenAutoFocus={focusDialog}
        >
          <div className="sheet-head" {...handle}>
            <Dialog.Title asChild>
              <h2>{words.blockOf(name, block)}</h2>
            </Dialog.Title>
          </div>
          <div className="sheet-shortcut">
            <span aria-hidden="true">{words.shortcut}</span>
            <Toggle
              label={UI.lanes.shortcut(block)}
              checked={gain !== 0}
              mixed={gain !== 0 && gain !== 1}
              busy={pending}
              onChange={(on) => !pending && lab.setGain(name, block, on ? 1 : 0)}
            />
          </div>
          <BlockControls {...details} hint={words.byTouch} onLookInside={onClose} />
          <Dialog.Close className="btn square close" aria-label={UI.help.close}>
            <X size={18} aria-hidden />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
