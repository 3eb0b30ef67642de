import { FileUp, X } from 'lucide-react';
import { useMemo } from 'react';
import { PRETRAINED, pretrainedOf } from '../../../../core/data/pretrained.ts';
import { IMAGENET } from '../../../../core/net/family.ts';
import { buildGraph } from '../../../../core/net/graph.ts';
import { weightBytes } from '../../../../core/net/memory.ts';
import { Select } from '../../../../ui/controls/Choice.tsx';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';
import { DropArea } from './DropArea.tsx';
import { FetchWeights } from './FetchWeights.tsx';

const NETS = PRETRAINED.map(({ name }) => ({ value: name, text: name }));

/** Which net, and the file that its weights come from. */
export function NetWeights() {
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
        <FetchWeights repository={repository} bytes={bytes} />
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
