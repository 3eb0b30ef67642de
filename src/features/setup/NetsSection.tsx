import { Copy, X } from 'lucide-react';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import { short } from '../../core/format.ts';
import { IconButton } from '../../ui/controls/Button.tsx';
import { Glyph, Name } from '../../ui/controls/Name.tsx';
import { UI } from '../../ui/strings.ts';
import { useNetCosts } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { AddNetDialog } from './AddNetDialog.tsx';
import { NetMenu } from './NetMenu.tsx';

const words = UI.nets;

/** The nets of the race: add, duplicate, remove. */
export function NetsSection() {
  const lab = useLab();
  const lanes = useLabState((state) => state.experiment.lanes);
  const costs = useNetCosts();
  return (
    <section aria-label={words.title}>
      <div className="head">
        <h2>{words.title}</h2>
        <AddNetDialog />
      </div>
      {lanes.length === 0 && <p className="note">{words.empty}</p>}
      <ul className="nets">
        {lanes.map(({ name, net }) => (
          <li key={name} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
            <Glyph family={net.family} depth={net.depth} />
            <span className="name">
              <Name>{name}</Name>
            </span>
            <span className="net-tools">
              <NetMenu name={name} />
              <IconButton icon={Copy} label={words.duplicate(name)} onClick={() => lab.duplicate(name)} />
              <IconButton icon={X} label={words.remove(name)} onClick={() => lab.remove(name)} />
            </span>
            <span className="number">{short(costs.get(name)?.parameters ?? 0)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
