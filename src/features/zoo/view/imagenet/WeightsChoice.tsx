import { Download, FileUp, HardDrive, Trash2, X } from 'lucide-react';
import { useMemo } from 'react';
import { isWhole, PRETRAINED, pretrainedOf } from '../../../../core/data/pretrained.ts';
import { IMAGENET } from '../../../../core/net/family.ts';
import { buildGraph } from '../../../../core/net/graph.ts';
import { weightBytes } from '../../../../core/net/memory.ts';
import { IconButton } from '../../../../ui/controls/Button.tsx';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';
import { DropArea } from './DropArea.tsx';

const NETS = PRETRAINED.map(({ name }) => ({ value: name, text: name }));

/** Which net, and the file that its weights come from. */
export function WeightsChoice() {
  const pretrained = usePretrained();
  const net = usePretrainedState((state) => state.net);
  const loading = usePretrainedState((state) => state.loading);
  const loaded = usePretrainedState((state) => state.loaded);
  const { repository } = pretrainedOf(net);
  const classes = loaded?.classes ?? IMAGENET.classes;
  const bytes = useMemo(() => weightBytes(buildGraph(pretrainedOf(net).net, IMAGENET.size, classes)), [net, classes]);
  return (
    <div className="real-weights">
      <Select label={REAL.net} value={net} options={NETS} onChange={pretrained.choose} />
      {loading !== null && (
        <>
          <span>{REAL.loading(net, loading.stage)}</span>
          <progress
            className="inside-progress"
            value={loading.fraction}
            max={1}
            aria-label={REAL.loading(net, loading.stage)}
          />
          <span className="fig-note">{REAL.percent(loading.fraction)}</span>
          <button type="button" className="btn mini" onClick={pretrained.release}>
            <X size={12} aria-hidden />
            <span>{REAL.cancel}</span>
          </button>
        </>
      )}
      {loading === null && loaded === null && repository !== null && (
        <DownloadWeights repository={repository} bytes={bytes} />
      )}
      {loading === null && loaded === null && (
        <DropArea
          text={REAL.file}
          label={REAL.fileLabel(net)}
          accept=".safetensors"
          icon={<FileUp size={16} aria-hidden />}
          onFile={(file) => pretrained.load(file)}
        >
          <span>{REAL.drop(net)}</span>
        </DropArea>
      )}
      {loaded !== null && (
        <>
          <span>{REAL.loaded(net, loaded.file, loaded.device, bytes)}</span>
          <button type="button" className="btn mini" title={REAL.releaseAbout} onClick={pretrained.release}>
            <X size={12} aria-hidden />
            <span>{REAL.release}</span>
          </button>
          {REAL.fileNotes(loaded).map((note) => (
            <p className="source" key={note}>
              {note}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

export interface FetchWeightsProps {
  readonly repository: string;
  /** That they take on the device. */
  readonly bytes: number;
}

/** Weights by their name: from Hugging Face, or what is missing of them, or from what the browser keeps. */
export function DownloadWeights({ repository, bytes }: FetchWeightsProps) {
  const pretrained = usePretrained();
  const kept = usePretrainedState((state) => state.kept.find((each) => each.repository === repository) ?? null);
  const whole = kept !== null && isWhole(kept);
  const [text, about, note] = whole
    ? [REAL.loadKept, REAL.loadKeptAbout, REAL.keptHere(repository, kept.bytes)]
    : kept === null
      ? [REAL.fetch, REAL.fetchAbout, REAL.fetchFrom(repository, bytes)]
      : [REAL.fetchRest, REAL.fetchRestAbout, REAL.rest(repository, kept)];
  return (
    <span className="real-fetch">
      <button type="button" className="btn" title={about} onClick={() => pretrained.fetch()}>
        {whole ? <HardDrive size={16} aria-hidden /> : <Download size={16} aria-hidden />}
        <span>{text}</span>
      </button>
      <span className="fig-note">{note}</span>
    </span>
  );
}

/** The weights that the browser keeps, how large they are, and a way to be rid of them. */
export function SavedWeights() {
  const pretrained = usePretrained();
  const kept = usePretrainedState((state) => state.kept);
  const fetching = usePretrainedState((state) => state.loading !== null);
  if (kept.length === 0) return null;
  return (
    <section className="real-kept" aria-label={REAL.keptTitle}>
      <h4>{REAL.keptTitle}</h4>
      <ul>
        {kept.map((weights) => (
          <li key={weights.repository}>
            <span>{weights.repository}</span>
            <small>{REAL.keptSize(weights)}</small>
            {!fetching && (
              <IconButton
                icon={Trash2}
                label={REAL.forget(weights.repository)}
                onClick={() => pretrained.forget(weights.repository)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
