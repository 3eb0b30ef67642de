import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { kerasCode, pytorchCode } from '../../features/share/code/code.ts';
import { saveFile } from '../../features/share/files.ts';
import { EXCHANGE_TEXT as words } from '../../features/share/strings.ts';
import { useLab } from '../../features/use-stores.ts';

/** The menu that saves parts of the experiment as files. */
export function SaveMenu() {
  const { store } = useLab();
  const experiment = () => store.getState().experiment;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="btn square" aria-label={words.menu} title={words.menu}>
          <Download size={16} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => saveFile('playground.py', pytorchCode(experiment()))}
          >
            {words.pytorch}
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => saveFile('playground_keras.py', kerasCode(experiment()))}
          >
            {words.keras}
          </DropdownMenu.Item>
          <p className="menu-note">{words.note}</p>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
