import './runs.css';
import { FileUp, History } from 'lucide-react';
import { useRef, useState } from 'react';
import { useRuns, useRunsState } from '../../lab/use-runs.ts';
import { RUNS_TEXT } from '../../text/runs.ts';
import { FileField } from '../controls/FileField.tsx';
import { Modal } from '../controls/Modal.tsx';
import { shown } from '../shown.ts';
import { Comparison } from './Comparison.tsx';
import { RunRow } from './RunRow.tsx';
import { runName } from './run-name.ts';

const words = RUNS_TEXT;

/** The races that the browser keeps: named, drawn behind the live one, compared, saved, deleted. */
export function RunsDialog() {
  const runs = useRuns();
  const all = useRunsState((state) => state.runs);
  const marked = useRunsState((state) => state.shown);
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
    if (next) runs.refresh().catch(shown);
  };
  const named = all.map((run, index) => ({ run, name: runName(run, all[index + 1]) }));
  return (
    <Modal trigger={trigger} title={words.title} open={open} onOpen={show}>
      <p>{all.length === 0 ? words.none : words.about}</p>
      {failure !== null && (
        <p role="alert" className="problem">
          {failure}.
        </p>
      )}
      <ul className="runs">
        {named.map(({ run, name }) => (
          <RunRow key={run.id} run={run} name={name} marked={marked.has(run.id)} onOpened={() => setOpen(false)} />
        ))}
      </ul>
      <Comparison runs={named.filter(({ run }) => marked.has(run.id))} />
      <div className="actions">
        <button type="button" className="btn" onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {words.load}
        </button>
        <FileField
          ref={input}
          accept=".json"
          label={words.loadFile}
          onFile={(file) => {
            file
              .text()
              .then((text) => runs.add(text, file.name))
              .catch(shown);
          }}
        />
      </div>
    </Modal>
  );
}
