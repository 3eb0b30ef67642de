import { Download, HardDrive } from 'lucide-react';
import { isWhole } from '../../../../core/data/kept-weights.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';

export interface FetchWeightsProps {
  readonly repository: string;
  /** That they take on the device. */
  readonly bytes: number;
}

/** Weights by their name: from Hugging Face, or what is missing of them, or from what the browser keeps. */
export function FetchWeights({ repository, bytes }: FetchWeightsProps) {
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
