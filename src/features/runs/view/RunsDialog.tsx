import { FileUp, Sheet } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { MOST_RUNS, type SavedRun } from '../../../core/results/run.ts';
import { say } from '../../../language/say.ts';
import { sayAlone } from '../../../language/sentence.ts';
import { FileField } from '../../../ui/controls/Button.tsx';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { sealedLanes } from '../../lesson/lesson-state.ts';
import { useAutosaveState, useLab, useLabState, useLessonState, useRuns, useRunsState } from '../../use-stores.ts';
import { runName, runsCsv } from '../saved-runs.ts';
import { Comparison } from './Comparison.tsx';
import { RunRow } from './RunRow.tsx';
import styles from './runs.module.css';

export interface RunsDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** The races that the browser keeps: named, drawn behind the live one, compared, saved, deleted. */
export function RunsDialog({ open, onOpen }: RunsDialogProps) {
  const lab = useLab();
  const runs = useRuns();
  const all = useRunsState((state) => state.runs);
  const marked = useRunsState((state) => state.shown);
  const current = useAutosaveState((state) => state.current);
  const experiment = useLabState((state) => state.experiment);
  const device = useLabState((state) => state.device);
  const failure = useRunsState((state) => state.failure);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) runs.refresh();
  }, [open, runs]);
  const sealed = useLessonState(sealedLanes);
  // What the lesson has sealed is told by no file of the current race.
  const told = (run: SavedRun) =>
    run.id === current ? { ...run, curves: run.curves.filter(({ lane }) => !sealed.includes(lane)) } : run;
  const named = all.map((run, index) => ({ run: told(run), name: runName(run, all[index + 1]) }));
  const ticked = named.filter(({ run }) => marked.has(run.id) || run.id === current);
  const compared = ticked
    .filter(({ run }) => run.id !== current)
    .map(({ run, name }) => ({ id: run.id, name, experiment: run.experiment, device: run.device }));
  return (
    <Modal title={say('runs.title')} open={open} onOpen={onOpen}>
      <p>{all.length === 0 ? say('runs.none') : say('runs.about', { most: MOST_RUNS })}</p>
      {failure !== null && (
        <p role="alert" aria-live="assertive" className="problem">
          {sayAlone(failure)}
        </p>
      )}
      <ul className={styles.list}>
        {named.map(({ run, name }) => (
          <RunRow
            key={run.id}
            run={run}
            name={name}
            marked={marked.has(run.id)}
            live={run.id === current}
            onOpened={() => onOpen(false)}
          />
        ))}
      </ul>
      <Comparison races={[{ id: '', name: say('runs.current'), experiment, device }, ...compared]} />
      <div className="dialog-actions">
        {ticked.length > 0 && (
          <button type="button" className="btn" onClick={() => saveFile('runs.csv', runsCsv(ticked))}>
            <Sheet size={16} aria-hidden />
            <span>{say('runs.saveSelected')}</span>
          </button>
        )}
        <button type="button" className="btn" onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          <span>{say('runs.load')}</span>
        </button>
        <FileField
          ref={input}
          accept=".json"
          label={say('runs.loadFile')}
          onFile={(file) => {
            lab.attempt(async () => runs.add(await file.text(), file.name));
          }}
        />
      </div>
    </Modal>
  );
}
