import { useRef } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { Sheet } from '../../../ui/controls/Sheet.tsx';
import { BlockControls, type BlockDetails } from './BlockControls.tsx';
import styles from './block-card.module.css';

export interface BlockSheetProps extends BlockDetails {
  readonly onClose: () => void;
}

/**
 * The card of a block for fingers, at the lower edge of the screen. A tap on a block opens it and changes nothing: a
 * block is narrower than a fingertip, so its shortcut is cut by the button here.
 */
export function BlockSheet({ onClose, ...details }: BlockSheetProps) {
  const { lane, block } = details;
  const { net, name } = lane;
  const next = useRef<(() => void) | null>(null);
  const leave = (go: () => void) => {
    next.current = go;
    onClose();
  };
  return (
    <Sheet
      title={say('race.blockOf', { net: printable(name), block })}
      closeWord={say('race.close')}
      open
      onOpen={onClose}
      onClosed={() => next.current?.()}
      edge="bottom"
      className={`${styles.sheet} ${styles.details} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
    >
      <BlockControls key={`${details.lane.name} ${details.block}`} {...details} by="touch" onLeave={leave} />
    </Sheet>
  );
}
