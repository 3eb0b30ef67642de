import { useMemo } from 'react';
import { say } from '../../../language/say.ts';
import { lateValue } from '../../../ui/late.tsx';
import styles from './share.module.css';

const useEncoder = lateValue(
  () => import('uqr'),
  ({ encode }) => encode,
);

/** Modules around a code that scanners need free, as the standard has it. */
const QUIET = 4;

/** A phone may miss a module of a dense code, so short links get more redundancy. */
const SHORT = 300;

/** A QR code holds no more than this, in bytes, at the lowest redundancy. */
const MOST_BYTES = 2953;

interface QrCodeProps {
  readonly text: string;
  /** Whether it fills the window, for a room. */
  readonly large: boolean;
  readonly onLarge: (large: boolean) => void;
}

/** A link as a QR code, dark on light in every theme, as scanners expect. The encoder is loaded when it is first shown. */
export function QrCode({ text, large, onLarge }: QrCodeProps) {
  const { value: encode, failure } = useEncoder();
  const code = useMemo(() => {
    if (encode === null || text.length > MOST_BYTES) return null;
    return encode(text, { ecc: text.length <= SHORT ? 'M' : 'L', border: QUIET });
  }, [encode, text]);
  if (failure !== null) throw failure.error;
  if (text.length > MOST_BYTES) return <p className={styles.tooLong}>{say('classroom.tooLong')}</p>;
  const picture = code !== null && (
    <svg viewBox={`0 0 ${code.size} ${code.size}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={pathOf(code.data)} />
    </svg>
  );
  return (
    <>
      <div className={styles.code} role="img" aria-label={say('classroom.qr')}>
        {picture}
      </div>
      {large && (
        // In the top layer, since the sheet that it is in is narrower than the window.
        <dialog ref={showOver} className={styles.large} aria-label={say('classroom.qr')} onClose={() => onLarge(false)}>
          <button type="button" aria-label={say('classroom.hideLarge')} onClick={() => onLarge(false)}>
            {picture}
          </button>
        </dialog>
      )}
    </>
  );
}

function showOver(dialog: HTMLDialogElement | null): void {
  if (dialog?.open === false) dialog.showModal();
}

/** The dark modules as one path. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}
