import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Sheet } from '../../../ui/controls/Sheet.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
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
  return (
    <Sheet
      title={say('race.blockOf', { net: printable(name), block })}
      closeWord={say('race.close')}
      open
      onOpen={onClose}
      edge="bottom"
      className={`${styles.sheet} ${styles.details} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
    >
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
    </Sheet>
  );
}
