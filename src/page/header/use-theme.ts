import { useEffect, useState } from 'react';
import { remember, remembered } from '../remembered.ts';

/** The stored name is the one under which index.html looks before the first paint. */
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const DARK = '(prefers-color-scheme: dark)';

export interface ThemeChoice {
  readonly choice: Theme;
  readonly choose: (theme: Theme) => void;
}

/** The theme that was chosen, remembered between visits. As long as it is mounted, the page follows it and the system. */
export function useTheme(): ThemeChoice {
  const [choice, setChoice] = useState<Theme>(() => THEMES.find((theme) => theme === remembered('theme')) ?? 'system');
  const [systemDark, setSystemDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = () => setSystemDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  const dark = choice === 'dark' || (choice === 'system' && systemDark);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  const choose = (theme: Theme) => {
    remember('theme', theme === 'system' ? null : theme);
    setChoice(theme);
  };
  return { choice, choose };
}
