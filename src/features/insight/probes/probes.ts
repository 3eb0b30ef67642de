import { type FigureText, LESION_FIGURES } from '../strings.ts';
import { branches } from './branches.ts';
import { correlation } from './correlation.ts';
import { features } from './features.ts';
import { gradients } from './gradients.ts';
import { landscape } from './landscape.ts';
import { paths } from './paths.ts';
import type { BarsProbe, LinesProbe, Probe } from './probe.ts';
import { responses } from './responses.ts';
import { shattering } from './shattering.ts';

/** What can be measured inside a lane. Each leaves the lane as it is, and is of one step, even while training goes on. */
export const PROBES = { gradients, responses, branches, correlation, shattering, paths, features, landscape };

type Probes = typeof PROBES;
export type ProbeName = keyof Probes;
export type ProbeRequest = Probes[ProbeName]['defaults'];
/** The answer; of a landscape that is being measured, the same with what is there so far. */
export type ProbeResult = Parameters<Probes[ProbeName]['rows']>[0];
export type RequestOf<Name extends ProbeName> = Extract<ProbeRequest, { readonly name: Name }>;
export type ResultOf<Name extends ProbeName> = Extract<ProbeResult, { readonly name: Name }>;

function isProbeName(name: string): name is ProbeName {
  return Object.hasOwn(PROBES, name);
}

export const PROBE_NAMES: readonly ProbeName[] = Object.keys(PROBES).filter(isProbeName);

const BY_NAME: { readonly [Name in ProbeName]: Probe<RequestOf<Name>, ResultOf<Name>> } = PROBES;

/** The record of a result's probe, to be applied to it. */
export function probeOf<Name extends ProbeName>(result: ResultOf<Name>): Probe<RequestOf<Name>, ResultOf<Name>> {
  return BY_NAME[result.name];
}

/** The probes whose figures have lines. */
export type LinesName = {
  [Name in ProbeName]: Probes[Name] extends { readonly panels: unknown } ? Name : never;
}[ProbeName];

const LINES: { readonly [Name in LinesName]: LinesProbe<RequestOf<Name>, ResultOf<Name>> } = PROBES;

export function linesProbe<Name extends LinesName>(name: Name): LinesProbe<RequestOf<Name>, ResultOf<Name>> {
  return LINES[name];
}

/** The probes whose figures have bars. */
export type BarsName = {
  [Name in ProbeName]: Probes[Name] extends { readonly bars: unknown } ? Name : never;
}[ProbeName];

const BARS: { readonly [Name in BarsName]: BarsProbe<RequestOf<Name>, ResultOf<Name>> } = PROBES;

export function barsProbe<Name extends BarsName>(name: Name): BarsProbe<RequestOf<Name>, ResultOf<Name>> {
  return BARS[name];
}

export function hasBars(name: ProbeName): name is BarsName {
  return 'bars' in PROBES[name];
}

/** The figures of Look inside, in the order in which they stand. */
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

export const FIGURE_TEXT: Readonly<Record<FigureName, FigureText>> = { ...PROBES, ...LESION_FIGURES };
