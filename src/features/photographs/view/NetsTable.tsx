import { FileUp, Pause, Play, X } from 'lucide-react';
import { useRef } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { isKept, PRETRAINED, type PretrainedModel } from '../../../core/data/pretrained.ts';
import { short } from '../../../core/format.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { sayAlone, sayIt, sentence } from '../../../language/sentence.ts';
import { Button, IconButton } from '../../../ui/controls/Button.tsx';
import { Select } from '../../../ui/controls/Choice.tsx';
import { chosenFiles } from '../../../ui/controls/dropped-files.ts';
import { Glyph } from '../../../ui/controls/Name.tsx';
import { ProgressBar } from '../../../ui/controls/ProgressBar.tsx';
import { Toggle } from '../../../ui/controls/Toggle.tsx';
import { focusLastButton } from '../../../ui/focus.ts';
import { usePhotographs, usePhotographsState, usePretrainedState } from '../../use-stores.ts';
import type { ErrorShare, NetScore } from '../results.ts';
import styles from './photographs.module.css';
import { useRuns, useWanted } from './use-scores.ts';

/** Choices of how many photographs are used. */
const COUNTS = [100, 300, 1000, 5000];

/** Where the weights of a net are, and whether it takes part. */
interface Candidate {
  readonly model: PretrainedModel;
  readonly weights: string;
  /** The name of a person's own file of them. */
  readonly file: string | null;
  readonly canRun: boolean;
  readonly on: boolean;
}

function useCandidates(): readonly Candidate[] {
  const weights = usePhotographsState((state) => state.weights);
  const switched = usePhotographsState((state) => state.switched);
  const kept = usePretrainedState((state) => state.kept);
  return PRETRAINED.map((model) => {
    const { name, repository } = model;
    const own = weights.get(name);
    const isSaved = isKept(kept, repository);
    const isHere = own !== undefined || isSaved;
    const canRun = isHere || repository !== null;
    return {
      model,
      canRun,
      file: own === undefined ? null : printable(own.name),
      on: canRun && (switched.get(name) ?? isHere),
      weights: weightsText(isSaved, canRun),
    };
  });
}

function weightsText(isSaved: boolean, canFetch: boolean): string {
  if (isSaved) return say('photographs.weightsKept');
  return canFetch ? say('photographs.weightsToFetch') : say('photographs.weightsMissing');
}

/** The nets that take part, their errors so far, and the run's controls. */
export function NetsTable({ scores }: { readonly scores: readonly NetScore[] }) {
  const candidates = useCandidates();
  return (
    <>
      <RunControls nets={candidates.filter(({ on }) => on).map(({ model }) => model.name)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={`fig-table ${styles.nets}`} tabIndex={0} aria-label={say('photographs.netsTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('zoo.net')}</th>
              <th scope="col">{say('photographs.photos')}</th>
              <th scope="col">{say('photographs.top1')}</th>
              <th scope="col">{say('photographs.top5')}</th>
              <th scope="col">{say('photographs.rate')}</th>
              <th scope="col">{say('zoo.multiplyAdds')}</th>
              <th scope="col">{say('photographs.weights')}</th>
            </tr>
          </thead>
          <tbody>
            {candidates.map((candidate) => (
              <Row
                key={candidate.model.name}
                candidate={candidate}
                score={scores.find(({ name }) => name === candidate.model.name)}
              />
            ))}
          </tbody>
        </table>
      </section>
      <AddWeights />
    </>
  );
}

function Row({ candidate, score }: { readonly candidate: Candidate; readonly score: NetScore | undefined }) {
  const { model, weights, file, canRun, on } = candidate;
  const { name, net } = model;
  const photographs = usePhotographs();
  const run = usePhotographsState((state) => state.runs.get(name));
  const note = run?.problem ?? run?.unkept ?? null;
  const isBusy = usePhotographsState((state) => state.activity?.net === name);
  return (
    <tr className={netClass(net.family)} style={netStyle(depthLightness(net.depth))} aria-busy={isBusy}>
      <th scope="row">
        <Toggle
          label={say('photographs.takePart', { net: name })}
          checked={on}
          busy={isBusy}
          onChange={(next) => canRun && photographs.switchNet(name, next)}
        />
        <Glyph family={net.family} depth={net.depth} />
        <span translate="no">{name}</span>
      </th>
      <td>{score === undefined ? '–' : score.photos}</td>
      <td>{shareText(score?.top1)}</td>
      <td>{shareText(score?.top5)}</td>
      <td>{score === undefined ? '–' : score.imagesPerSecond.toFixed(1)}</td>
      <td>{score === undefined ? '–' : short(score.multiplyAdds)}</td>
      <td>
        <span>{note === null ? (file ?? weights) : sayIt(note)}</span>
        {file !== null && (
          <IconButton
            icon={X}
            label={say('photographs.removeWeights', { file, net: name })}
            onClick={({ currentTarget }) => {
              // The button goes with the file; the net's switch stays.
              focusLastButton(currentTarget.closest('tr')?.querySelector('th'));
              photographs.removeWeights(name);
            }}
          />
        )}
      </td>
    </tr>
  );
}

/** "23.4 ± 2.1%" */
function shareText(share: ErrorShare | null | undefined): string {
  if (share === null || share === undefined) return '–';
  return `${(100 * share.error).toFixed(1)} ± ${(100 * share.standardError).toFixed(1)}%`;
}

function RunControls({ nets }: { readonly nets: readonly string[] }) {
  const photographs = usePhotographs();
  const all = usePhotographsState((state) => state.set?.labels.length ?? 0);
  const most = usePhotographsState((state) => state.most);
  const unread = usePhotographsState((state) => state.unread);
  const activity = usePhotographsState((state) => state.activity);
  const runs = useRuns().filter(({ name }) => nets.includes(name));
  const wanted = [...useWanted()].filter((photo) => !unread.has(photo)).length;
  // A net may have answered what was changed on the disk since, and does not decode any more.
  const done = runs.reduce((sum, { answers }) => sum + answers.filter(({ photo }) => !unread.has(photo)).length, 0);
  const counts = [...COUNTS.filter((count) => count < all), all];
  const options = counts.map((count) => {
    return {
      value: String(count),
      text: count === all ? say('photographs.useAll', { photos: all }) : say('photographs.use', { photos: count }),
    };
  });
  const isStarted = done > 0;
  const isDone = nets.length > 0 && done >= wanted * nets.length;
  return (
    <div className={styles.controls}>
      {activity === null ? (
        <Button className="btn" disabled={nets.length === 0 || isDone} onClick={() => photographs.run(nets)}>
          <Play size={16} aria-hidden />
          <span>{isStarted && !isDone ? say('photographs.resume') : say('photographs.run')}</span>
        </Button>
      ) : (
        <Button className="btn" onClick={photographs.pause}>
          <Pause size={16} aria-hidden />
          <span>{say('photographs.pause')}</span>
        </Button>
      )}
      <Select
        label={say('photographs.howMany')}
        value={String(Math.min(most, all))}
        options={options}
        onChange={(value) => photographs.use(Number(value))}
      />
      {nets.length > 0 && (isStarted || activity !== null) && (
        <ProgressBar label={say('photographs.progress')} done={done} of={wanted * nets.length} />
      )}
      <span className="fig-note" role="status" aria-live={activity === null ? 'polite' : 'off'}>
        {nets.length === 0 ? say('photographs.noNets') : <ActivityText done={done} total={wanted * nets.length} />}
      </span>
      <span role="status" aria-live="polite" className="vh">
        {activity === null ? '' : beginningText(activity.net)}
      </span>
    </div>
  );
}

/** Announced in place of the counter, which changes several times a second. */
function beginningText(net: string | null): string {
  return net === null ? say('photographs.listingBegins') : say('photographs.begins', { net });
}

function ActivityText({ done, total }: { readonly done: number; readonly total: number }) {
  const activity = usePhotographsState((state) => state.activity);
  const doneText = say('photographs.done', { done, total });
  if (activity === null) return done === 0 ? null : doneText;
  if (activity.type === 'listing') return say('photographs.listing', { photos: activity.photos });
  if (activity.type === 'classifying') return say('photographs.classifying', { net: activity.net, done, total });
  const { stage, fraction } = activity.progress;
  const percent = Math.round(100 * fraction);
  return stage === 'fetching'
    ? say('photographs.fetchingNet', { net: activity.net, percent })
    : say('photographs.loadingNet', { net: activity.net, percent });
}

function AddWeights() {
  const photographs = usePhotographs();
  const unrecognised = usePhotographsState((state) => state.unrecognised);
  const passedOver = usePhotographsState((state) => state.passedOver);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.controls}>
      <button type="button" className="btn mini" onClick={() => input.current?.click()}>
        <FileUp size={12} aria-hidden />
        <span>{say('photographs.addWeights')}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".safetensors"
        aria-label={say('photographs.addWeights')}
        onChange={({ target }) => {
          photographs.addWeights(chosenFiles(target.files));
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <span className="fig-note">{say('photographs.addWeightsAbout')}</span>
      {unrecognised.map((name) => (
        <p key={name} className={styles.problem} role="alert" aria-live="assertive">
          {sayAlone(sentence('photographs.unrecognised', { file: printable(name) }))}
        </p>
      ))}
      {passedOver.map(({ file, net }) => (
        <p key={file} className={styles.problem} role="alert" aria-live="assertive">
          {sayAlone(sentence('photographs.passedOver', { file: printable(file), net }))}
        </p>
      ))}
    </div>
  );
}
