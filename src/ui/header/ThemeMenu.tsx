import { Check, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { UI } from '../../text/ui.ts';
import { THEMES, useTheme } from './use-theme.ts';

export function ThemeMenu() {
  const { choice, dark, choose } = useTheme();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="btn square" aria-label={UI.header.theme}>
        {dark ? <Moon size={16} aria-hidden /> : <Sun size={16} aria-hidden />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.RadioGroup value={choice} onValueChange={choose}>
            {THEMES.map((theme) => (
              <DropdownMenu.RadioItem key={theme} value={theme} className="menu-item">
                <span className="check">
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                {UI.header.themes[theme]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
