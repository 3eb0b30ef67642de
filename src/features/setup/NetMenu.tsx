import { GitBranch } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { FileField } from '../../ui/controls/Button.tsx';
import { UI } from '../../ui/strings.ts';
import { fileName, saveFile } from '../share/files.ts';
import { EXCHANGE_TEXT as exchange } from '../share/strings.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { RewindDialog } from './RewindDialog.tsx';

const words = UI.branching;

/** What can be done with the life of a net: branch it off, grow it, rewind it. */
export function NetMenu({ name }: { readonly name: string }) {
  const lab = useLab();
  const diverged = useLabState((state) => (state.curves.get(name)?.divergedAt ?? null) !== null);
  const begun = useLabState((state) => (state.curves.get(name)?.begun ?? 0) > 0);
  const [rewinding, setRewinding] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const save = async () => saveFile(`${fileName(name)}.safetensors`, await lab.weights(name));
  const load = async (file: File) => lab.loadWeights(name, file.name, new Uint8Array(await file.arrayBuffer()));
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="btn mini square" aria-label={words.menu(name)} title={words.menu(name)}>
            <GitBranch size={14} aria-hidden />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" disabled={diverged} onSelect={() => lab.branch(name)}>
              {words.branch}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" disabled={diverged} onSelect={() => lab.grow(name)}>
              {words.grow}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" disabled={!begun} onSelect={() => setRewinding(true)}>
              {words.rewind}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => lab.attempt(save)}>
              {exchange.save}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => input.current?.click()}>
              {exchange.load}
            </DropdownMenu.Item>
            <p className="menu-note">{words.note}</p>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <FileField
        ref={input}
        accept=".safetensors"
        label={exchange.loadInto(name)}
        onFile={(file) => lab.attempt(() => load(file))}
      />
      {rewinding && <RewindDialog name={name} onClose={() => setRewinding(false)} />}
    </>
  );
}
