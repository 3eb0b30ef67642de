/** In CSS pixels from the upper left corner of the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The viewport's size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The keys that the journey presses. */
export type Key = 'Enter' | 'Escape' | 'Home' | 'End' | 'ArrowRight';

/** What a browser must be able to do for the journey. One class an engine implements it. */
export interface Driver {
  /** With its version, such as "Firefox 153.8.0". */
  readonly name: string;
  /** Loads an address; resolves after the load event. */
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Evaluates an expression in the page that gives a string or a promise of one. */
  evaluate(expression: string): Promise<string>;
  /** Presses the pointer at the first point, moves it over the others and lets go: with one point, a click. */
  drag(points: readonly Point[]): Promise<void>;
  press(key: Key): Promise<void>;
  /** Chooses files for the file input that the expression gives. */
  upload(expression: string, paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
