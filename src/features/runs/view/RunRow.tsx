import { Download, FolderOpen, Sheet, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { hasEarlierImages } from '../../../core/experiment/experiment.ts';
import type { SavedRun } from '../../../core/results/run.ts';
import { runFile } from '../../../core/results/run-file.ts';
import { say } from '../../../language/say.ts';
import { Button, IconButton } from '../../../ui/controls/Button.tsx';
import { isEnter } from '../../../ui/keys.ts';
import { fileName, saveFile } from '../../../ui/save-file.ts';
import { computedOn } from '../../lab/device-text.ts';
import { useLab, useRuns } from '../../use-stores.ts';
import { runsCsv, timeText } from '../saved-runs.ts';
import styles from './runs.module.css';

export interface RunRowProps {
  readonly run: SavedRun;
  readonly name: string;
  readonly marked: boolean;
  /** It is the live race, which is drawn anyway. */
  readonly live: boolean;
  /** Its experiment is opened. */
  readonly onOpened: () => void;
}

/** One run: its name, which can be changed in place, what it was, and what can be done with it. */
export function RunRow({ run, name, marked, live, onOpened }: RunRowProps) {
  const lab = useLab();
  const runs = useRuns();
  const [written, setWritten] = useState<string | null>(null);
  const { id, startedAt, step, device, experiment } = run;
  const when = { time: timeText(new Date(startedAt)), steps: step };
  const made = device === null ? say('runs.facts', when) : say('runs.factsOn', { ...when, device: computedOn(device) });
  const facts = hasEarlierImages(experiment) ? say('runs.factsEarlier', { facts: made }) : made;
  const rename = () => {
    const wanted = written?.trim() ?? '';
    setWritten(null);
    if (wanted !== '' && wanted !== name) runs.rename(id, wanted);
  };
  return (
    <li>
      <input
        type="checkbox"
        aria-label={say('runs.show', { name })}
        checked={marked || live}
        disabled={live}
        onChange={(event) => runs.show(id, event.target.checked)}
      />
      <span className={styles.what}>
        <input
          className={styles.name}
          aria-label={say('runs.nameOf', { name })}
          value={written ?? name}
          maxLength={60}
          onChange={(event) => setWritten(event.target.value)}
          onBlur={rename}
          onKeyDown={(event) => {
            if (isEnter(event)) event.currentTarget.blur();
          }}
        />
        <small>{live ? say('runs.factsCurrent', { facts }) : facts}</small>
      </span>
      <IconButton
        icon={FolderOpen}
        label={say('runs.open', { name })}
        onClick={() => {
          onOpened();
          lab.openInstead(experiment);
        }}
      />
      <IconButton
        icon={Download}
        label={say('runs.saveJson', { name })}
        onClick={() => saveFile(`${fileName(name)}.json`, runFile(run))}
      />
      <IconButton
        icon={Sheet}
        label={say('runs.saveCsv', { name })}
        onClick={() => saveFile(`${fileName(name)}.csv`, runsCsv([{ run, name }]))}
      />
      {live ? (
        // The next copy of the race would keep it again, without its name.
        <Button
          className="btn mini square"
          aria-label={say('runs.notRemoved', { name })}
          title={say('runs.notRemoved', { name })}
          disabled
        >
          <Trash2 size={14} aria-hidden />
        </Button>
      ) : (
        <IconButton icon={Trash2} label={say('runs.remove', { name })} onClick={() => runs.remove(id)} />
      )}
    </li>
  );
}
