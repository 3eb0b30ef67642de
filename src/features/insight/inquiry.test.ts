import { expect, test } from 'vitest';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { PROBES } from './probes/probes.ts';

const RESULT = { name: 'responses', lane: 'plain-8', step: 3, layers: [], sorted: [] } as const;

async function asked(options = {}) {
  const worker = new FakeWorker();
  await worker.open();
  const answer = worker.lab.probe('plain-8', PROBES.responses.defaults, options);
  return { worker, answer, question: worker.questions[0] ?? expect.fail() };
}

test('what is there so far is heard before the answer', async () => {
  const parts: unknown[] = [];
  const { answer, question } = await asked({ onProgress: (part: unknown) => parts.push(part) });
  question.onProgress(RESULT);
  expect(parts).toEqual([RESULT]);
  question.found(RESULT);
  expect(await answer).toEqual(RESULT);
});

test('a failure is put in the notice', async () => {
  const { worker, answer, question } = await asked();
  question.failed('Error', 'net plain-8: not in this race');
  await expect(answer).rejects.toThrow('not in this race');
  expect(worker.state.notice).toEqual({ name: 'Error', message: 'net plain-8: not in this race' });
});

test('what is withdrawn is no failure to tell of', async () => {
  const controller = new AbortController();
  const { worker, answer, question } = await asked({ signal: controller.signal });
  controller.abort();
  expect(question.signal.aborted).toBe(true);
  await expect(answer).rejects.toMatchObject({ name: 'Withdrawn' });
  expect(worker.state.notice).toBeNull();
});
