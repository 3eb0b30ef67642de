import type { GenericSchema } from 'valibot';
import { layerCategories } from '../../../charts/panels/measured.ts';
import type { Category, PanelBar, Point, Rule, ValueAxis } from '../../../charts/panels/panel.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import type { Records } from '../../figures/csv.ts';
import { PANEL_WORDS } from '../../figures/panel-words.ts';
import type { FigureClaim, Steps } from '../readings.ts';

/** What every result has. */
export interface Finding<Name extends string> {
  readonly name: Name;
  readonly lane: string;
  /** Steps that the lane had finished when it was copied. */
  readonly step: number;
}

/** A weighted layer on the main path, in the order of the net. */
export interface LayerOf {
  /** "stem.conv", "stage1.block2.conv1", "head.dense". */
  readonly layer: string;
  /** Counted from 1; 0 for the stem and the head. */
  readonly block: number;
}

/** A net's result, and the result at step 0 if that is another one and is known. */
export interface Compared<Result> {
  readonly net: { readonly name: string };
  readonly spec: NetSpec;
  readonly now: Result;
  readonly before: Result | null;
}

/**
 * All that is known of a probe without measuring it. To add one, write its record in this folder and its measurement in
 * engine/insight/probes, and list each in the `probes.ts` beside it. Its texts are the messages `insight.<name>…`:
 * `Title`, `Short`, `Question`, `About` and `Source`, in each language.
 */
export interface Probe<Request, Result> {
  /** Parses a request; an option that is left out has its default. */
  readonly schema: GenericSchema<unknown, Request>;
  /** Takes no more time than a few training steps, except for a landscape. */
  readonly defaults: Request;
  /** The heads of its CSV, behind those of the net and the step. */
  readonly heads: Records['heads'];
  /** The rows of its CSV, with a cell for each head. */
  readonly rows: (result: Result) => Records['rows'];
}

/** A probe whose figure compares nets, and measures them again as they train. */
export interface ComparedProbe<Request, Result> extends Probe<Request, Result> {
  /** The claims under the figure, about at least one net. `steps`: of the results. */
  readonly reading: (steps: Steps, nets: readonly Compared<Result>[], view: string) => readonly FigureClaim[];
}

/** One pair of axes, and the line that each net has on it. */
export interface ProbePanel<Result> {
  readonly key: string;
  /** Above the axes; empty if the figure's title says it. */
  readonly title: string;
  readonly points: (result: Result) => readonly Point[];
  /** Whether the first value of a line is written out. */
  readonly start?: boolean;
  readonly categories: (results: readonly Result[]) => readonly Category[];
  /** By default linear, without a unit, and as long as the values need. */
  readonly y: Partial<Omit<ValueAxis, 'format'>>;
  readonly rules: readonly Rule[];
}

/** One of several ways to draw a probe's results. */
export interface ProbeView {
  readonly value: string;
  readonly text: string;
}

/** A probe whose figure has lines. The page draws, reads out and saves it from this record alone. */
export interface LinesProbe<Request, Result> extends ComparedProbe<Request, Result> {
  /** The ways to draw it that the visitor can choose from, the default first; missing if there is one. */
  readonly views?: () => readonly ProbeView[];
  readonly panels: (view: string) => readonly ProbePanel<Result>[];
  /** Whether the first panel stands above the others, as wide as the figure. */
  readonly led?: boolean;
}

/** One pair of axes with the bars of one net. */
export interface ProbeBars<Result> {
  readonly key: string;
  readonly title: string;
  readonly bars: (result: Result) => readonly PanelBar[];
  readonly categories: (result: Result) => readonly Category[];
  readonly y: Partial<Omit<ValueAxis, 'format'>>;
}

/** A probe whose figure has a row of bars for each net. The page draws, reads out and saves it from this record alone. */
export interface BarsProbe<Request, Result> extends ComparedProbe<Request, Result> {
  /** Whether there is anything to draw of a net. */
  readonly fits: (result: Result) => boolean;
  readonly bars: () => readonly ProbeBars<Result>[];
}

/** Points and categories of a value of each layer, in the order of the net. */
export function byLayer<Layer extends LayerOf>(
  value: (layer: Layer) => number,
): Pick<ProbePanel<{ readonly layers: readonly Layer[] }>, 'points' | 'categories'> {
  return {
    points: ({ layers }) => layers.map((layer, index) => ({ at: index + 1, value: value(layer) })),
    categories: (results) =>
      layerCategories(
        results.map(({ layers }) => layers),
        PANEL_WORDS,
      ),
  };
}
