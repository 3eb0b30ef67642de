import { Download, FileUp, HardDrive, Trash2, X } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { isWhole, type KeptWeights, PRETRAINED, pretrainedOf } from '../../../../core/data/pretrained.ts';
import { BACKEND_NAMES } from '../../../../core/experiment/device.ts';
import { bytesText } from '../../../../core/format.ts';
import { buildGraph } from '../../../../core/net/graph.ts';
import { weightBytes } from '../../../../core/net/memory.ts';
import { blockKind, type ZooNet } from '../../../../core/net/net.ts';
import { IMAGENET } from '../../../../core/net/zoo.ts';
import { printable } from '../../../../core/quote.ts';
import { say } from '../../../../language/say.ts';
import { IconButton } from '../../../../ui/controls/Button.tsx';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { FileDrop } from '../../../../ui/controls/DropArea.tsx';
import { useFocusAtChange } from '../../../../ui/controls/focus-return.ts';
import { ProgressBar } from '../../../../ui/controls/ProgressBar.tsx';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { fileNotes, savedText } from '../../words.ts';
import styles from './weights-choice.module.css';

const NETS = PRETRAINED.map(({ name }) => ({ value: name, text: name }));

/** Which net, and the file that its weights come from. */
export function WeightsChoice() {
  const pretrained = usePretrained();
  const net = usePretrainedState((state) => state.net);
  const loading = usePretrainedState((state) => state.loading);
  const loaded = usePretrainedState((state) => state.loaded);
  const { repository } = pretrainedOf(net);
  const place = useRef<HTMLDivElement>(null);
  const shown = loading !== null ? 'loading' : loaded !== null ? 'loaded' : 'none';
  useFocusAtChange(() => place.current?.querySelector('button'), shown);
  const loadingText = loading?.stage === 'fetching' ? say('zoo.fetching', { net }) : say('zoo.loading', { net });
  const backend = BACKEND_NAMES[loaded?.device.backend ?? 'cpu'];
  const adapter = loaded?.device.adapter ?? '';
  const classes = loaded?.classes ?? IMAGENET.classes;
  const bytes = useMemo(() => weightBytes(buildGraph(pretrainedOf(net).net, IMAGENET.size, classes)), [net, classes]);
  return (
    <div ref={place} className={styles.weights} data-weights>
      <Select label={say('zoo.realNet')} value={net} options={NETS} onChange={pretrained.choose} />
      {loading !== null && (
        <>
          <span>{loadingText}</span>
          <ProgressBar label={loadingText} done={loading.fraction} of={1} />
          <span className="fig-note">{`${Math.round(100 * loading.fraction)}%`}</span>
          <button type="button" className="btn mini" onClick={pretrained.release}>
            <X size={12} aria-hidden />
            <span>{say('zoo.cancel')}</span>
          </button>
        </>
      )}
      {loading === null && loaded === null && repository !== null && (
        <DownloadWeights repository={repository} bytes={bytes} />
      )}
      {loading === null && loaded === null && (
        <FileDrop
          text={say('zoo.chooseFile')}
          label={say('zoo.weightsOf', { net })}
          accept=".safetensors"
          icon={<FileUp size={16} aria-hidden />}
          onFile={(file) => pretrained.load(file)}
        >
          <span>{say('zoo.dropWeights', { net })}</span>
        </FileDrop>
      )}
      {loaded !== null && (
        <>
          <span>
            {say('zoo.loaded', { net, file: printable(loaded.file), size: bytesText(bytes), backend, adapter })}
          </span>
          <button type="button" className="btn mini" title={say('zoo.unloadAbout')} onClick={pretrained.release}>
            <X size={12} aria-hidden />
            <span>{say('zoo.unload')}</span>
          </button>
          {fileNotes(loaded).map((note) => (
            <p className="source" key={note}>
              {note}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

/** Whose weights torchvision's are; each sentence says why their error is not the paper's. */
function weightsMessage(net: ZooNet): 'zoo.weightsPorted' | 'zoo.weightsBottleneck' | 'zoo.weightsBasic' {
  if (net.design === 'googlenet') return 'zoo.weightsPorted';
  return blockKind(net) === 'bottleneck' ? 'zoo.weightsBottleneck' : 'zoo.weightsBasic';
}

/** The error of torchvision's own weights, which are not the paper's. */
export function TorchvisionError() {
  const { name: net, net: spec, top1Error } = usePretrainedState((state) => pretrainedOf(state.net));
  const error = `${top1Error.toFixed(2)}%`;
  return <p className="source">{say(weightsMessage(spec), { net, error })}</p>;
}

interface DownloadWeightsProps {
  readonly repository: string;
  /** That they take on the device. */
  readonly bytes: number;
}

/** Weights by their name: from Hugging Face, or what is missing of them, or from what the browser keeps. */
function DownloadWeights({ repository, bytes }: DownloadWeightsProps) {
  const pretrained = usePretrained();
  const kept = usePretrainedState((state) => state.kept.find((each) => each.repository === repository) ?? null);
  const whole = kept !== null && isWhole(kept);
  const [text, about, note] = whole
    ? [
        say('zoo.loadSaved'),
        say('zoo.loadSavedAbout'),
        say('zoo.savedHere', { size: bytesText(kept.bytes), repository }),
      ]
    : kept === null
      ? [say('zoo.fetch'), say('zoo.fetchAbout'), say('zoo.fetchFrom', { size: bytesText(bytes), repository })]
      : [say('zoo.fetchRest'), say('zoo.fetchRestAbout'), restText(kept)];
  return (
    <span className={styles.download}>
      <button type="button" className="btn" title={about} onClick={() => pretrained.fetch()}>
        {whole ? <HardDrive size={16} aria-hidden /> : <Download size={16} aria-hidden />}
        <span>{text}</span>
      </button>
      <span className="fig-note">{note}</span>
    </span>
  );
}

function restText({ repository, bytes, total }: KeptWeights): string {
  const part = bytesText(bytes);
  return total === null
    ? say('zoo.restFirst', { part, repository })
    : say('zoo.restOf', { part, total: bytesText(total), repository });
}

/** The weights that the browser keeps, how large they are, and a way to be rid of them. */
export function SavedWeights() {
  const pretrained = usePretrained();
  const kept = usePretrainedState((state) => state.kept);
  const fetching = usePretrainedState((state) => state.loading !== null);
  const list = useRef<HTMLUListElement>(null);
  /** The place of the row whose button was pressed last. */
  const pressed = useRef(0);
  // To the row that takes the place of the one that was deleted, or to the choice of the net above, where none is left.
  useFocusAtChange(() => {
    const buttons = list.current?.querySelectorAll('button') ?? [];
    return (
      buttons[Math.min(pressed.current, buttons.length - 1)] ??
      document.querySelector<HTMLElement>('[data-weights] select')
    );
  }, kept.length);
  if (kept.length === 0) return null;
  return (
    <section className={styles.saved} aria-label={say('zoo.savedTitle')}>
      <h4>{say('zoo.savedTitle')}</h4>
      <ul ref={list}>
        {kept.map((weights, nth) => (
          <li key={weights.repository}>
            <span>{weights.repository}</span>
            <small>{savedText(weights)}</small>
            {!fetching && (
              <IconButton
                icon={Trash2}
                label={say('zoo.deleteSaved', { repository: weights.repository })}
                once
                onClick={() => {
                  pressed.current = nth;
                  pretrained.forget(weights.repository);
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
