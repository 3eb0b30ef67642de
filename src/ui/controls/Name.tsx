import { depthLightness, netClass, netStyle, repeatDash } from '../../charts/colours.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import styles from './Name.module.css';

/**
 * A name that a file, a link or a person gave: of a net, a class, a data set, a run. It has a direction of its own, what
 * is invisible in it is shown, it breaks where it must, and a browser that translates the page leaves it as it is.
 */
export function Name({ children }: { readonly children: string }) {
  return (
    <bdi className={styles.outsideName} translate="no">
      {printable(children)}
    </bdi>
  );
}

interface GlyphProps extends Pick<NetSpec, 'family' | 'depth'> {
  /** Whether the net has shortcuts now, which surgery changes; left out, as its family has. */
  readonly shortcuts?: boolean;
  /** How many nets of the race before it have its colour; see `repeatsOf`. */
  readonly repeat?: number | undefined;
}

/** How much shorter the dashes of a glyph are than those of a curve. */
const DASH_SCALE = 0.35;

/**
 * An arc over a dot for a net with shortcuts, a bar for one without, dashed as the net's curve is: cues beside the colour of
 * its family and depth.
 */
export function Glyph({ family, depth, shortcuts = family === 'residual', repeat = 0 }: GlyphProps) {
  const dash = repeatDash(repeat, DASH_SCALE);
  return (
    <svg
      className={`${styles.glyph} ${netClass(family)}`}
      style={netStyle(depthLightness(depth))}
      viewBox="0 0 16 12"
      aria-hidden="true"
    >
      {shortcuts ? (
        <>
          <path d="M2 10C2 0 14 0 14 10" strokeDasharray={dash} />
          <circle cx="8" cy="10" r="1.9" />
        </>
      ) : (
        <path d="M2 7h12" strokeDasharray={dash} />
      )}
    </svg>
  );
}
