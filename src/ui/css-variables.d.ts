import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Depth as lightness, 0 to 1: see tokens.css. */
    '--t'?: number;
    /** A probability, 0 to 1, as a bar's length. */
    '--share'?: number;
    /** The length of a sentence, which is set as large as fits into a line. */
    '--letters'?: number;
    /** Room over a plot that nothing needs, in CSS pixels with their unit. */
    '--freed'?: string;
    /** A colour to draw with. */
    '--swatch'?: string;
    /** How many moments of a round a phase has. */
    '--moments'?: number;
  }
}
