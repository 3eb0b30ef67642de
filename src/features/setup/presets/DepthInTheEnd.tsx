import { say } from '../../../language/say.ts';
import { openLoaded } from '../../records/ghost-opener.ts';
import { hasRecord, loadRecord } from '../../records/record-files.ts';
import type { RecordName } from '../../records/records.ts';
import { useAllStores } from '../../use-stores.ts';
import { Ink } from './DesignSketches.tsx';
import styles from './presets.module.css';

/** The records that answer it, the one with more images first. */
export const RECORDS_OF_END = ['cifar-10', 'lasts'] as const satisfies readonly RecordName[];

/** About how long the race in front of the first of them trains, as `PresetWords` has it of the presets. */
export const MINUTES = 3;

/** The card of an experiment whose end is recorded; none where the build has no record of it. */
export function DepthInTheEnd({ onChoose }: { readonly onChoose: () => void }) {
  const stores = useAllStores();
  const record = RECORDS_OF_END.find(hasRecord);
  if (record === undefined) return null;
  const open = () => openLoaded(stores, loadRecord(record));
  return (
    <li>
      <button
        type="button"
        className={styles.card}
        onClick={() => {
          onChoose();
          stores.lab.attempt(open);
        }}
      >
        <svg className={styles.sketch} viewBox="0 0 112 84" aria-hidden="true">
          <path className={styles.axis} d="M6 4V78H108" />
          <Ink family="plain" tone={1}>
            <path className={styles.curve} d="M18 22C40 30 70 36 106 40" opacity={0.4} />
            <path className={styles.curve} d="M6 12L18 22" />
          </Ink>
          <Ink family="residual" tone={0}>
            <path className={styles.curve} d="M18 36C36 56 66 62 106 64" opacity={0.4} />
            <path className={styles.curve} d="M6 12L18 36" />
          </Ink>
          <Ink family="residual" tone={1}>
            <path className={styles.curve} d="M18 32C36 58 66 68 106 72" opacity={0.4} />
            <path className={styles.curve} d="M6 12L18 32" />
          </Ink>
        </svg>
        <span>
          <b>{say('paper.endQuestion')}</b>
          <span>{say('paper.endAbout')}</span>
          <small>{say('setup.minutes', { minutes: MINUTES, name: say('paper.endName') })}</small>
        </span>
      </button>
    </li>
  );
}
