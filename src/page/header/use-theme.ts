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
  const [choice, setChoice] = useState<Theme>(themeOfVisit);
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
  useEffect(() => {
    // Other entries of the history may still have the link's, also where another was chosen before the page was loaded again.
    const keepTheme = () => {
      if (themeOfLink() !== choice) forgetInAddress();
    };
    addEventListener('popstate', keepTheme);
    return () => removeEventListener('popstate', keepTheme);
  }, [choice]);
  const choose = (theme: Theme) => {
    forgetInAddress();
    remember('theme', theme === 'system' ? null : theme);
    setChoice(theme);
  };
  return { choice, choose };
}

/** The link's theme, else the one chosen before. */
function themeOfVisit(): Theme {
  const named = [themeOfLink(), remembered('theme')];
  return named.map((name) => THEMES.find((theme) => theme === name)).find((theme) => theme !== undefined) ?? 'system';
}

function themeOfLink(): string | null {
  return new URLSearchParams(location.search).get('theme');
}

/** A choice wins over the link's, also when the page is loaded again. */
function forgetInAddress(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('theme')) return;
  address.searchParams.delete('theme');
  history.replaceState(null, '', address);
}
