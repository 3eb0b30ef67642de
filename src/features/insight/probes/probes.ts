import * as v from 'valibot';
import { MEASURED } from '../../../core/data/measured.ts';
import { parseQuestion } from '../../../core/experiment/parse/parse-insight.ts';
import { oneOf } from '../../../core/experiment/parse/parse-values.ts';
import { say } from '../../../language/say.ts';
import { branches } from './branches.ts';
import { correlation } from './correlation.ts';
import { features } from './features.ts';
import { gradients } from './gradients.ts';
import { landscape, landscapeSource } from './landscape.ts';
import { paths } from './paths.ts';
import type { BarsProbe, LinesProbe, Probe } from './probe.ts';
import { responses } from './responses.ts';
import { shattering } from './shattering.ts';

/** What can be measured inside a lane. A probe leaves the lane unchanged, and measures one step, even during training. */
export const PROBES = { gradients, responses, branches, correlation, shattering, paths, features, landscape };

type Probes = typeof PROBES;
export type ProbeName = keyof Probes;
export type ProbeRequest = Probes[ProbeName]['defaults'];
/** The result; a partial landscape has the same form. */
export type ProbeResult = Parameters<Probes[ProbeName]['rows']>[0];
export type ProbeRequestOf<Name extends ProbeName> = Extract<ProbeRequest, { readonly name: Name }>;
export type ResultOf<Name extends ProbeName> = Extract<ProbeResult, { readonly name: Name }>;

function isProbeName(name: string): name is ProbeName {
  return Object.hasOwn(PROBES, name);
}

export const PROBE_NAMES: readonly ProbeName[] = Object.keys(PROBES).filter(isProbeName);

const BY_NAME: { readonly [Name in ProbeName]: Probe<ProbeRequestOf<Name>, ResultOf<Name>> } = PROBES;

/** The record of a result's probe, to be applied to it. */
export function probeOf<Name extends ProbeName>(result: ResultOf<Name>): Probe<ProbeRequestOf<Name>, ResultOf<Name>> {
  return BY_NAME[result.name];
}

/** The probes whose figures have lines. */
export type LinesName = {
  [Name in ProbeName]: Probes[Name] extends { readonly panels: unknown } ? Name : never;
}[ProbeName];

const LINES: { readonly [Name in LinesName]: LinesProbe<ProbeRequestOf<Name>, ResultOf<Name>> } = PROBES;

export function linesProbe<Name extends LinesName>(name: Name): LinesProbe<ProbeRequestOf<Name>, ResultOf<Name>> {
  return LINES[name];
}

/** The probes whose figures have bars. */
export type BarsName = {
  [Name in ProbeName]: Probes[Name] extends { readonly bars: unknown } ? Name : never;
}[ProbeName];

const BARS: { readonly [Name in BarsName]: BarsProbe<ProbeRequestOf<Name>, ResultOf<Name>> } = PROBES;

export function barsProbe<Name extends BarsName>(name: Name): BarsProbe<ProbeRequestOf<Name>, ResultOf<Name>> {
  return BARS[name];
}

export function hasBars(name: ProbeName): name is BarsName {
  return 'bars' in PROBES[name];
}

/** The figures of *Look inside* in the order of the page. */
export const FIGURE_NAMES = [
  'features',
  'gradients',
  'branches',
  'lesions',
  'responses',
  'correlation',
  'shattering',
  'random',
  'paths',
  'landscape',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** The figures whose cards are shown at first. */
export const FIRST_FIGURES: readonly FigureName[] = FIGURE_NAMES.slice(0, 4);

/** What a figure of *Look inside* is called, and where its method is from. */
export interface FigureText {
  /** The accessible name of the figure, and the title of its saved picture. */
  readonly title: string;
  /** Its name in a list of figures. */
  readonly short: string;
  /** The question that it answers, which is the heading of its card. */
  readonly question: string;
  /** What is measured, in one sentence. */
  readonly about: string;
  readonly source: string;
}

/** `training`: the training images of the race, all of which are measured on where they are few. */
export function figureText(name: FigureName, training = Number.POSITIVE_INFINITY): FigureText {
  return {
    title: say(`insight.${name}Title`),
    short: say(`insight.${name}Short`),
    question: say(`insight.${name}Question`),
    about: say(`insight.${name}About`),
    source: sourceOf(name, training),
  };
}

function sourceOf(name: FigureName, training: number): string {
  if (name === 'landscape') return landscapeSource('plane', [], training);
  if (name === 'lesions') return say('insight.lesionsSource', { images: Math.min(training, MEASURED.training) });
  return say(`insight.${name}Source`);
}

/** The probe of this name, with defaults for missing options. Throws an `ExperimentError`. */
export function parseProbe(name: unknown, options: unknown = {}): ProbeRequest {
  const known = parseQuestion('probe', oneOf(PROBE_NAMES), name);
  const given = parseQuestion('probe', v.record(v.string(), v.unknown()), options);
  return parseQuestion(`probe ${known}`, PROBES[known].schema, { ...given, name: known });
}
