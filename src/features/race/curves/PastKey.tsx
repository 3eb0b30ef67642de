import { Name } from '../../../ui/controls/Name.tsx';
import { RUNS_TEXT } from '../../runs/strings.ts';
import styles from './curves.module.css';
import type { PastRace } from './past-races.ts';

/** Which letter stands for which run behind the live race. */
export function PastKey({ races }: { readonly races: readonly PastRace[] }) {
  if (races.length === 0) return null;
  return (
    <ul className={styles.past} aria-label={RUNS_TEXT.behind}>
      {races.map(({ tag, name }) => (
        <li key={tag}>
          <b>{`${tag} `}</b>
          <Name>{name}</Name>
        </li>
      ))}
    </ul>
  );
}
