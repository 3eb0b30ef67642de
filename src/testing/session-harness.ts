import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { BackendChoice } from '../core/experiment/device.ts';
import type { Experiment, LaneSpec } from '../core/experiment/experiment.ts';
import { parseExperiment } from '../core/experiment/parse/parse.ts';
import { makeNet } from '../core/net/net.ts';
import type { LesionQuestion, LesionResult } from '../core/results/lesion.ts';
import type { Report } from '../core/results/report.ts';
import type { ProbeResult } from '../features/insight/probes/probes.ts';
import type { ProbeQuestion } from '../workers/training/api.ts';
import { Session, type SessionOptions } from '../workers/training/session.ts';

const folder = new URL('../../public/data/', import.meta.url);
/** Reads a file of public/data. */
export const read = async (name: string) => new Uint8Array(await readFile(new URL(name, folder)));

const NETS = [{ net: { family: 'plain', depth: 8, width: 2 } }, { net: { family: 'residual', depth: 8, width: 2 } }];
/** Two nets of width 2 on emoji of 8 pixels, for 5 steps of 8 images. */
export const EXPERIMENT = parseExperiment({
  data: { source: 'emoji', size: 8, version: 2 },
  recipe: { batch: 8 },
  lanes: NETS,
  until: 5,
});
export const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
/** A lane that joins the race late. */
export const LATE: LaneSpec = { name: 'late', net: makeNet('residual', 8, { width: 2, option: 'B' }) };

/** More steps than any test waits for. */
export const FOREVER = 1_000_000;

/** A lesion study or a probe of a lane. */
export type InsideQuestion =
  | (LesionQuestion & { readonly about: 'lesion' })
  | (ProbeQuestion & { readonly about: 'probe' });

/** The result of a lesion study or a probe. */
export type InsideFinding =
  | { readonly about: 'lesion'; readonly result: LesionResult }
  | { readonly about: 'probe'; readonly result: ProbeResult };

/** A session, what it tells, and a way to act in the middle of it. */
export class SessionHarness {
  /** All but checkpoints and copies, which are told whenever they are whole. */
  readonly reports: Report[] = [];
  kept: ReadonlyMap<string, readonly number[]> = new Map();
  readonly copies: Extract<Report, { readonly type: 'copied' }>[] = [];
  /** Called with every report, in the midst of what it reports of. */
  onReport: (report: Report) => void = () => {};
  readonly session: Session;

  constructor(options: Partial<SessionOptions> = {}) {
    const emit = (report: Report) => {
      if (report.type === 'kept') this.kept = report.steps;
      else if (report.type === 'copied') this.copies.push(report);
      else this.reports.push(report);
      this.onReport(report);
    };
    this.session = new Session({ emit, read, ...options });
  }

  #asking = new AbortController();

  /** Asks about a lane's inside. What is there before the answer comes to `parts`. */
  async find(question: InsideQuestion, parts: InsideFinding[] = []): Promise<InsideFinding> {
    this.#asking = new AbortController();
    const call = { signal: this.#asking.signal, transfer: () => {} };
    if (question.about === 'lesion') {
      const onProgress = (result: LesionResult) => parts.push({ about: 'lesion', result });
      return { about: 'lesion', result: await this.session.lesion(question, { ...call, onProgress }) };
    }
    const onProgress = (result: ProbeResult) => parts.push({ about: 'probe', result });
    return { about: 'probe', result: await this.session.probe(question, { ...call, onProgress }) };
  }

  /** Aborts the question that was asked last. */
  withdraw(): void {
    this.#asking.abort();
  }

  open(experiment: Experiment = EXPERIMENT, backend: BackendChoice = 'wasm'): Promise<void> {
    return this.session.open({ experiment, backend });
  }

  train(until: number): Promise<void> {
    return this.session.train({ until });
  }

  /** Calls `act` as soon as training has reported step `step`. */
  after(step: number, act: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onReport = (report) => {
        if (report.type !== 'progress' || report.race.step < step) return;
        this.onReport = () => {};
        act().then(resolve, reject);
      };
    });
  }

  get types(): readonly Report['type'][] {
    return this.reports.map(({ type }) => type);
  }

  /** A lane's losses since the last opening, step 1 first; fails where a step that counts is told twice or left out. */
  losses(lane: string): readonly number[] {
    const losses: number[] = [];
    const opened = this.reports.findLastIndex(({ type }) => type === 'opened');
    for (const report of this.reports.slice(Math.max(0, opened))) {
      if (report.type === 'recovered') losses.length = report.steps.get(lane) ?? 0;
      if (report.type !== 'progress') continue;
      for (const points of report.race.points) {
        if (points.lane !== lane) continue;
        expect(points.from).toBe(losses.length);
        losses.push(...points.losses);
      }
    }
    return losses;
  }

  last<Type extends Report['type']>(type: Type): Extract<Report, { readonly type: Type }> {
    const is = (report: Report): report is Extract<Report, { readonly type: Type }> => report.type === type;
    return this.reports.findLast(is) ?? expect.fail(`no report of ${type}`);
  }
}
