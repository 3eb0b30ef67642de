import { Download, FolderOpen, Sheet, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedRun } from '../../../core/results/run.ts';
import { runFile } from '../../../core/results/run-file.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { computedOn } from '../../race/device-strings.ts';
import { fileName, saveFile } from '../../share/files.ts';
import { useLab, useRuns } from '../../use-stores.ts';
import { runsCsv } from '../saved-runs.ts';
import { RUNS_TEXT } from '../strings.ts';

const words = RUNS_TEXT;

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
  const rename = () => {
    const wanted = written?.trim() ?? '';
    setWritten(null);
    if (wanted !== '' && wanted !== name) runs.rename(id, wanted);
  };
  return (
    <li>
      <input
        type="checkbox"
        aria-label={words.show(name)}
        checked={marked || live}
        disabled={live}
        onChange={(event) => runs.show(id, event.target.checked)}
      />
      <span className="run-what">
        <input
          className="run-name"
          aria-label={words.rename(name)}
          value={written ?? name}
          maxLength={60}
          onChange={(event) => setWritten(event.target.value)}
          onBlur={rename}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <small>
          {`${words.facts(new Date(startedAt), step, device === null ? null : computedOn(device))}${live ? `, ${words.current}` : ''}`}
        </small>
      </span>
      <IconButton
        icon={FolderOpen}
        label={words.open(name)}
        onClick={() => {
          onOpened();
          lab.open(experiment);
        }}
      />
      <IconButton
        icon={Download}
        label={words.save(name)}
        onClick={() => saveFile(`${fileName(name)}.json`, runFile(run))}
      />
      <IconButton
        icon={Sheet}
        label={words.saveNumbers(name)}
        onClick={() => saveFile(`${fileName(name)}.csv`, runsCsv([{ run, name }]))}
      />
      <IconButton icon={Trash2} label={words.remove(name)} onClick={() => runs.remove(id)} />
    </li>
  );
}
