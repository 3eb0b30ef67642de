import { Moon, Sun } from 'lucide-react';
import { UI } from '../../text/ui.ts';
import { ChoiceMenu } from '../controls/ChoiceMenu.tsx';
import { THEMES, useTheme } from './use-theme.ts';

export function ThemeMenu() {
  const { choice, dark, choose } = useTheme();
  const trigger = (
    <button type="button" className="btn square" aria-label={UI.header.theme} title={UI.header.theme}>
      {dark ? <Moon size={16} aria-hidden /> : <Sun size={16} aria-hidden />}
    </button>
  );
  const options = THEMES.map((value) => ({ value, text: UI.header.themes[value] }));
  return <ChoiceMenu trigger={trigger} value={choice} options={options} onChange={choose} />;
}
