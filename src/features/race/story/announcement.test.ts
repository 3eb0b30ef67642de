import { describe, expect, test } from 'vitest';
import type { GainChange } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../../testing/fake-worker.ts';
import { stands, stateAfter } from '../../../testing/state-after.ts';
import { receive } from '../../lab/receive.ts';
import type { LabState } from '../../lab/state.ts';
import { announcement } from './announcement.ts';

type Report = ReturnType<typeof openedReport>;

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

/** What is said of the last of these reports. */
function said(...reports: readonly Report[]): string | null {
  const before = stateAfter(...reports.slice(0, -1));
  return announcement(before, stateAfter(...reports));
}

const started: Report = { type: 'training', training: true };
const stopped: Report = { type: 'training', training: false };
const at = (step: number) => progressReport(step, [points(PLAIN, 0, step), points(RESIDUAL, 0, step)]);

const cut = (block: number, step: number): GainChange => ({ step, lane: RESIDUAL, block, gain: 0 });
const withSurgery = (...surgery: readonly GainChange[]) => ({ ...TWO, surgery });

describe('is said:', () => {
  test('the start, and where it goes on', () => {
    expect(said(stands, started)).toBe('Training started.');
    expect(said(stands, at(3), started)).toBe('Training continues from step 3.');
  });

  test('a pause and the end, with the number of every net as its lane shows it', () => {
    // Errors are 0, 1, 2, 3.
    const numbers = `Training error: ${PLAIN} 1.5% and ${RESIDUAL} 1.5%.`;
    expect(said(stands, started, at(4), stopped)).toBe(`Paused at step 4. ${numbers}`);
    const running = stateAfter(stands, started, at(4));
    const until: LabState = { ...running, experiment: { ...running.experiment, until: 4 } };
    expect(announcement(until, receive(until, stopped))).toBe(`Training ended at step 4. ${numbers}`);
  });

  test('a pause while a net that was added late catches up, and the end where all have diverged', () => {
    const late = stateAfter(stands, started, progressReport(4, [points(PLAIN, 0, 4), points(RESIDUAL, 0, 2)]));
    const until: LabState = { ...late, experiment: { ...late.experiment, until: 4 } };
    expect(announcement(until, receive(until, stopped))).toBe(`Paused at step 4. Training error: ${PLAIN} 1.5%.`);
    const diverged = [PLAIN, RESIDUAL].map((lane) => ({ lane, step: 3 }));
    const lost = receive(until, progressReport(4, [], { diverged }));
    expect(announcement(lost, receive(lost, stopped))).toBe('Training ended at step 4.');
    const one = receive(until, progressReport(4, [], { diverged: diverged.slice(1) }));
    expect(announcement(one, receive(one, stopped))).toBe(`Training ended at step 4. Training error: ${PLAIN} 1.5%.`);
  });

  test('nothing of lanes that the page does not show either', () => {
    const running = stateAfter(stands, started, at(4));
    const paused = receive(running, stopped);
    expect(announcement(running, paused, [RESIDUAL])).toBe(`Paused at step 4. Training error: ${PLAIN} 1.5%.`);
    expect(announcement(running, paused, [PLAIN, RESIDUAL])).toBe('Paused at step 4.');
    const lost = receive(
      running,
      progressReport(5, [points(PLAIN, 4, 1)], { diverged: [{ lane: RESIDUAL, step: 5 }] }),
    );
    expect(announcement(running, lost, [RESIDUAL])).toBeNull();
    expect(announcement(running, lost)).toBe(`${RESIDUAL} diverged at step 5.`);
  });

  test('the best and the worst of many nets', () => {
    const depths = [8, 14, 20, 26, 32];
    const many = parseExperiment({ lanes: depths.map((depth) => ({ net: { family: 'plain', depth } })), until: 9 });
    const reports = many.lanes.map(({ name }, index) => ({ ...points(name, 0, 5), errors: Array(5).fill(10 + index) }));
    expect(said(openedReport(many), started, progressReport(5, reports), stopped)).toBe(
      'Paused at step 5. Training error from 10.0%, plain-8, to 14.0%, plain-32.',
    );
  });

  test('surgery that took effect, once for all blocks of a net', () => {
    expect(said(stands, at(3), changedReport(withSurgery(cut(2, 3)), 3))).toBe(
      `${RESIDUAL}: shortcut 2 cut at step 3.`,
    );
    expect(said(stands, at(3), changedReport(withSurgery(cut(1, 3), cut(2, 3)), 3))).toBe(
      `${RESIDUAL}: 2 shortcuts cut at step 3.`,
    );
    const undone = [changedReport(withSurgery(cut(2, 3)), 3), changedReport(TWO, 3)];
    expect(said(stands, at(3), ...undone)).toBe(`${RESIDUAL}: shortcut 2 restored at step 3.`);
  });

  test('surgery that was planned, when its step has come and not before', () => {
    const planned = withSurgery(cut(2, 5));
    expect(said(stands, at(3), changedReport(planned, 3))).toBeNull();
    expect(said(openedReport(planned), changedReport(planned, 4), changedReport(planned, 5))).toBe(
      `${RESIDUAL}: shortcut 2 cut at step 5.`,
    );
  });

  test('a net that diverged', () => {
    const lost = progressReport(2, [points(PLAIN, 0, 2)], { diverged: [{ lane: RESIDUAL, step: 2 }] });
    expect(said(stands, started, lost)).toBe(`${RESIDUAL} diverged at step 2.`);
  });

  test('another race, but not the first, which is the page', () => {
    expect(said(stands)).toBeNull();
    expect(said(stands, at(3), stands)).toBe(`At step 0: ${PLAIN} and ${RESIDUAL}.`);
  });

  test('where a race that is restored stands, and nothing of what was done to it before', async () => {
    const worker = new FakeWorker();
    const past = withSurgery(cut(2, 1));
    await worker.open();
    worker.emit(changedReport(past, 0));
    await worker.resetAfterTraining();
    const heard: (string | null)[] = [];
    worker.lab.store.subscribe((now, before) => heard.push(announcement(before, now)));
    const undone = worker.lab.undo();
    worker.done(openedReport(past));
    await undone;
    expect(worker.state.experiment.surgery).toEqual(past.surgery);
    expect(heard.filter((each) => each !== null)).toEqual([`At step 2: ${PLAIN} and ${RESIDUAL}.`]);
  });
});

test('reports of training are not said', () => {
  expect(said(stands, started, at(3), at(4))).toBeNull();
  expect(said(stands, started, { type: 'loading', what: 'kernels', fraction: 0.5 })).toBeNull();
});
