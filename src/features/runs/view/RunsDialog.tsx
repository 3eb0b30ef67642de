import './runs.css';
import { FileUp, History, Sheet } from 'lucide-react';
import { useRef, useState } from 'react';
import { FileField } from '../../../ui/controls/Button.tsx';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { saveFile } from '../../share/files.ts';
import { useAutosaveState, useLab, useLabState, useRuns, useRunsState } from '../../use-stores.ts';
import { runName, runsCsv } from '../saved-runs.ts';
import { RUNS_TEXT } from '../strings.ts';
import { Comparison } from './Comparison.tsx';
import { RunRow } from './RunRow.tsx';

const words = RUNS_TEXT;

/** The races that the browser keeps: named, drawn behind the live one, compared, saved, deleted. */
export function RunsDialog() {
  const lab = useLab();
  const runs = useRuns();
  const all = useRunsState((state) => state.runs);
  const marked = useRunsState((state) => state.shown);
  const current = useAutosaveState((state) => state.current);
  const experiment = useLabState((state) => state.experiment);
  const device = useLabState((state) => state.device);
  const failure = useRunsState((state) => state.failure);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const trigger = (
    <button type="button" className="btn square" aria-label={words.button} title={words.button}>
      <History size={16} aria-hidden />
    </button>
  );
  const show = (next: boolean) => {
    setOpen(next);
    if (next) runs.refresh();
  };
  const named = all.map((run, index) => ({ run, name: runName(run, all[index + 1]) }));
  const ticked = named.filter(({ run }) => marked.has(run.id) || run.id === current);
  const compared = ticked
    .filter(({ run }) => run.id !== current)
    .map(({ run, name }) => ({ id: run.id, name, experiment: run.experiment, device: run.device }));
  return (
    <Modal trigger={trigger} title={words.title} open={open} onOpen={show}>
      <p>{all.length === 0 ? words.none : words.about}</p>
      {failure !== null && (
        <p role="alert" className="problem">
          {`${failure}.`}
        </p>
      )}
      <ul className="runs">
        {named.map(({ run, name }) => (
          <RunRow
            key={run.id}
            run={run}
            name={name}
            marked={marked.has(run.id)}
            live={run.id === current}
            onOpened={() => setOpen(false)}
          />
        ))}
      </ul>
      <Comparison races={[{ id: '', name: words.current, experiment, device }, ...compared]} />
      <div className="actions">
        {ticked.length > 0 && (
          <button type="button" className="btn" onClick={() => saveFile('runs.csv', runsCsv(ticked))}>
            <Sheet size={16} aria-hidden />
            <span>{words.saveAll}</span>
          </button>
        )}
        <button type="button" className="btn" onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          <span>{words.load}</span>
        </button>
        <FileField
          ref={input}
          accept=".json"
          label={words.loadFile}
          onFile={(file) => {
            lab.attempt(async () => runs.add(await file.text(), file.name));
          }}
        />
      </div>
    </Modal>
  );
}
