import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { focusDialog } from '../../../ui/controls/Modal.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { useSwipeDown } from '../../../ui/use-swipe-down.ts';
import { useLab } from '../../use-stores.ts';
import { BlockControls, type BlockDetails, usePendingGain } from './BlockControls.tsx';
import styles from './block-card.module.css';

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
          className={`${styles.sheet} ${styles.details} ${netClass(net.family)}`}
          style={{ ...netStyle(depthLightness(net.depth)), translate: `0 ${drop}px` }}
          aria-describedby={undefined}
          onOpenAutoFocus={focusDialog}
        >
          <div className={styles.handle} {...handle}>
            <Dialog.Title asChild>
              <h2>{say('race.blockOf', { net: printable(name), block })}</h2>
            </Dialog.Title>
          </div>
          <div className={styles.shortcut}>
            <span aria-hidden="true">{say('race.itsShortcut')}</span>
            <Toggle
              label={say('race.shortcut', { block })}
              checked={gain !== 0}
              mixed={gain !== 0 && gain !== 1}
              busy={pending}
              onChange={(on) => !pending && lab.setGain(name, block, on ? 1 : 0)}
            />
          </div>
          <BlockControls {...details} by="touch" onLookInside={onClose} />
          <Dialog.Close className={`btn square ${styles.close}`} aria-label={say('race.close')}>
            <X size={18} aria-hidden />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
