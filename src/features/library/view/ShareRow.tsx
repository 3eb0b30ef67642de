import { Seg } from '../../../ui/controls/Choice.tsx';
import { LIBRARY_TEXT } from '../strings.ts';

const words = LIBRARY_TEXT;

const SHARES = ['0.1', '0.2', '0.3', '0.5'].map((value) => ({ value, text: words.percent(Number(value)) }));

export interface ShareProps {
  readonly share: number;
  readonly onShare: (share: number) => void;
}

/** How much of each class is tested on, where there are no images for that. */
export function ShareRow({ share, onShare }: ShareProps) {
  return (
    <div className="row" title={words.shareHint}>
      <span>{words.share}</span>
      <Seg label={words.share} value={String(share)} options={SHARES} onChange={(value) => onShare(Number(value))} />
    </div>
  );
}
