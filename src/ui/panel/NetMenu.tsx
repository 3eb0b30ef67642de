import { GitBranch } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useLab, useLabState } from '../../lab/use-lab.ts';
import { UI } from '../../text/ui.ts';
import { shown } from '../shown.ts';
import { RewindDialog } from './RewindDialog.tsx';

const words = UI.branching;

/** What can be done with the life of a net: branch it off, grow it, rewind it. */
export function NetMenu({ name }: { readonly name: string }) {
  const lab = useLab();
  const diverged = useLabState((state) => (state.curves.get(name)?.divergedAt ?? null) !== null);
  const begun = useLabState((state) => (state.curves.get(name)?.begun ?? 0) > 0);
  const [rewinding, setRewinding] = useState(false);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="btn mini square" aria-label={words.menu(name)} title={words.menu(name)}>
            <GitBranch size={14} aria-hidden />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
            <DropdownMenu.Item
              className="menu-item"
              disabled={diverged}
              onSelect={() => void lab.branch(name).catch(shown)}
            >
              {words.branch}
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item"
              disabled={diverged}
              onSelect={() => void lab.grow(name).catch(shown)}
            >
              {words.grow}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" disabled={!begun} onSelect={() => setRewinding(true)}>
              {words.rewind}
            </DropdownMenu.Item>
            <p className="menu-note">{words.note}</p>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {rewinding && <RewindDialog name={name} onClose={() => setRewinding(false)} />}
    </>
  );
}
