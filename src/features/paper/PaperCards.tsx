import { Play } from 'lucide-react';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import type { PresetName } from '../../core/experiment/presets.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { PRESET_WORDS } from '../setup/presets/preset-words.ts';
import { useLab } from '../use-stores.ts';
import { type Ours, PAPER_CARDS, type PaperCard, type PaperNumber } from './cards.ts';
import styles from './paper.module.css';

const OURS = {
  live: 'paper.live',
  shown: 'paper.shown',
  missing: 'paper.missing',
  absent: 'paper.absent',
} as const satisfies Readonly<Record<Ours, MessageKey>>;

/** One card a figure or table of the paper: what it says, its numbers, and what is here beside it. */
export function PaperCards() {
  return (
    <>
      <div className="fig-head">
        <h2>{say('paper.title')}</h2>
        <span className="fig-note">{say('paper.about')}</span>
      </div>
      <div className={styles.cards}>
        {PAPER_CARDS.map((card) => (
          <Card key={card.id} {...card} />
        ))}
      </div>
    </>
  );
}

function Card({ id, title, says, unit, numbers, ours, here, preset }: PaperCard) {
  return (
    <article className={styles.card} aria-labelledby={`paper-${id}`}>
      <h3 id={`paper-${id}`}>{say(title)}</h3>
      <p>{say(says)}</p>
      {unit !== undefined && <Numbers unit={say(unit)} numbers={numbers} />}
      <p className={styles.here}>
        <b className={styles[ours]}>{say(OURS[ours])}</b>
        <span>{say(here)}</span>
      </p>
      {preset !== undefined && <RunHere preset={preset} />}
    </article>
  );
}

/** The paper’s numbers as bars. */
function Numbers({ unit, numbers }: { readonly unit: string; readonly numbers: readonly PaperNumber[] }) {
  const most = Math.max(...numbers.map(({ value }) => value));
  // The paper prints all numbers of a table with as many decimals.
  const decimals = Math.max(...numbers.map(({ value }) => `${value}`.split('.')[1]?.length ?? 0));
  return (
    <table className={styles.numbers}>
      <caption>{unit}</caption>
      <tbody>
        {numbers.map(({ name, family, value }) => (
          <tr key={name} className={netClass(family)} style={netStyle(depthLightness(family === 'plain' ? 20 : 56))}>
            <th scope="row" translate="no">
              {name}
            </th>
            <td className={styles.track}>
              <span className={styles.bar} style={{ width: `${(100 * value) / most}%` }} />
            </td>
            <td>{value.toFixed(decimals)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sets up the experiment, and says before about how long it trains. */
function RunHere({ preset }: { readonly preset: PresetName }) {
  const lab = useLab();
  const { minutes, name } = PRESET_WORDS[preset];
  const open = () => {
    lab.openPreset(preset);
    window.scrollTo({ top: 0 });
  };
  return (
    <p className={styles.run}>
      <button type="button" className="btn mini" onClick={open}>
        <Play size={12} aria-hidden />
        <span>{say('paper.run')}</span>
      </button>
      <small>{say('setup.minutes', { minutes, name: say(name) })}</small>
    </p>
  );
}
