import { SECTION_NAMES, SECTIONS } from '../../features/share/sections.ts';
import { useHidden, useSections } from '../../features/use-stores.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import styles from './more.module.css';
import { THEMES, type Theme, type ThemeChoice } from './use-theme.ts';

const THEME_NAMES = {
  light: 'page.themeLight',
  dark: 'page.themeDark',
  system: 'page.themeSystem',
} as const satisfies Readonly<Record<Theme, MessageKey>>;

/** The colours of the page, and which of its parts are shown, here and in copied links. */
export function PageLook({ theme: { choice, choose } }: { readonly theme: ThemeChoice }) {
  const { toggle } = useSections();
  const hidden = useHidden();
  return (
    <>
      <div className={styles.group}>
        <span className={styles.label}>{say('page.theme')}</span>
        <SegmentedControl
          label={say('page.theme')}
          value={choice}
          options={THEMES.map((value) => ({ value, text: say(THEME_NAMES[value]) }))}
          onChange={choose}
        />
      </div>
      <fieldset className={styles.group}>
        <legend className={styles.label}>{say('page.shown')}</legend>
        {SECTIONS.map((part) => (
          <label key={part} className={styles.check}>
            <input type="checkbox" checked={!hidden.includes(part)} onChange={() => toggle(part)} />
            <span>{say(SECTION_NAMES[part])}</span>
          </label>
        ))}
        <p className={styles.note}>{say('page.shownNote')}</p>
      </fieldset>
    </>
  );
}
