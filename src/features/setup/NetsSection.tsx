import { Copy, X } from 'lucide-react';
import type { MouseEvent } from 'react';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import { short } from '../../core/format.ts';
import { say } from '../../language/say.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { Glyph, Name } from '../../ui/controls/Name.tsx';
import { focusLastButton } from '../../ui/focus.ts';
import { useLanesNow } from '../lab/use-lanes-now.ts';
import { useNetCosts, useNetRepeats } from '../lab/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { AddNetDialog } from './AddNetDialog.tsx';
import styles from './lab.module.css';
import { NetMenu } from './NetMenu.tsx';

/** The nets of the race: add, duplicate, remove. */
export function NetsSection() {
  const lab = useLab();
  const lanes = useLanesNow();
  const open = useLabState((state) => state.open);
  const costs = useNetCosts();
  const repeats = useNetRepeats();
  const remove =
    (name: string) =>
    ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
      const row = currentTarget.closest('li');
      const other = row?.nextElementSibling ?? row?.previousElementSibling;
      focusLastButton(other ?? currentTarget.closest('section')?.firstElementChild);
      lab.remove(name);
    };
  return (
    <section aria-label={say('setup.nets')}>
      <div className={styles.head}>
        <h2>{say('setup.nets')}</h2>
        <AddNetDialog />
      </div>
      {open && lanes.length === 0 && <p className={styles.note}>{say('setup.noNets')}</p>}
      <ul className={styles.nets}>
        {lanes.map(({ name, net }) => (
          <li key={name} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
            <Glyph family={net.family} depth={net.depth} repeat={repeats.get(name)} />
            <span className={styles.name}>
              <Name>{name}</Name>
            </span>
            <span className={styles.netTools}>
              <NetMenu name={name} />
              <IconButton icon={Copy} label={say('setup.duplicate', { name })} onClick={() => lab.duplicate(name)} />
              <IconButton icon={X} label={say('setup.remove', { name })} onClick={remove(name)} once />
            </span>
            <span className={styles.number}>{short(costs.get(name)?.parameters ?? 0)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
