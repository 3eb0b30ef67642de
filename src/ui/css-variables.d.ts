import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Depth as lightness, 0 to 1: see tokens.css. */
    '--t'?: number;
    /** A probability, 0 to 1, as a bar's length. */
    '--share'?: number;
    /** How many moments of a round a phase has. */
    '--moments'?: number;
  }
}
