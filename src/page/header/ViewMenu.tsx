import { Check, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { SECTIONS } from '../../core/sections.ts';
import { SECTIONS_TEXT } from '../../features/share/sections.ts';
import { useHidden, useSections } from '../../features/use-stores.ts';
import { ChoiceMenu } from '../../ui/controls/Choice.tsx';
import { UI } from '../../ui/strings.ts';
import { THEMES, useTheme } from './use-theme.ts';

/** How the page looks: its colours, and which of its parts are shown. */
export function ViewMenu() {
  const { choice, dark, choose } = useTheme();
  const trigger = (
    <button type="button" className="btn square" aria-label={UI.header.view} title={UI.header.view}>
      {dark ? <Moon size={16} aria-hidden /> : <Sun size={16} aria-hidden />}
    </button>
  );
  const options = THEMES.map((value) => ({ value, text: UI.header.themes[value] }));
  return (
    <ChoiceMenu trigger={trigger} value={choice} options={options} onChange={choose}>
      <ShownParts />
    </ChoiceMenu>
  );
}

function ShownParts() {
  const { toggle } = useSections();
  const hidden = useHidden();
  return (
    <DropdownMenu.Group>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">{SECTIONS_TEXT.title}</DropdownMenu.Label>
      {SECTIONS.map((part) => (
        <DropdownMenu.CheckboxItem
          key={part}
          className="menu-item"
          checked={!hidden.includes(part)}
          onCheckedChange={() => toggle(part)}
          // Several may be ticked in one visit.
          onSelect={(event) => event.preventDefault()}
        >
          <span className="check">
            <DropdownMenu.ItemIndicator>
              <Check size={14} aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          <span>{SECTIONS_TEXT.names[part]}</span>
        </DropdownMenu.CheckboxItem>
      ))}
      <p className="menu-note">{SECTIONS_TEXT.note}</p>
    </DropdownMenu.Group>
  );
}
