import { ToggleGroup } from 'radix-ui';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { Glyph, Name } from './Name.tsx';
import styles from './NetChips.module.css';

interface NetChipsProps {
  readonly label: string;
  readonly nets: readonly { readonly name: string; readonly net: NetSpec; readonly repeat?: number | undefined }[];
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[]) => void;
}

/** Which nets are shown, of several; at least one. */
export function NetChips({ label, nets, chosen, onChoose }: NetChipsProps) {
  return (
    <ToggleGroup.Root
      type="multiple"
      className={styles.chips}
      aria-label={label}
      value={[...chosen]}
      onValueChange={(names) => names.length > 0 && onChoose(names)}
    >
      {nets.map(({ name, net, repeat }) => (
        <ToggleGroup.Item
          key={name}
          value={name}
          className={`${styles.chip} ${netClass(net.family)}`}
          style={netStyle(depthLightness(net.depth))}
        >
          <Glyph family={net.family} depth={net.depth} repeat={repeat} />
          <Name>{name}</Name>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
