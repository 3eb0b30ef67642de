import { expect, test } from 'vitest';
import type { ImageAnswers } from '../../core/results/report.ts';
import { changedReport, FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import type { Drawing } from './drawing.ts';
import { createOwnImage } from './own-image.ts';
import { pictureOf } from './raster.ts';

const drawing = (x: number): Drawing => ({
  on: 'white',
  strokes: [{ colour: '#000000', width: 0.1, points: [[x, 0.5]] }],
});
const TOLD: ImageAnswers = {
  seen: { name: 'seen', size: 1, rgb: new Uint8Array(3) },
  answers: new Map([['plain-8', [1, 0]]]),
};

async function opened() {
  const worker = new FakeWorker();
  await worker.open();
  const own = createOwnImage(worker.lab);
  const answer = async () => {
    worker.questions.shift()?.found(TOLD);
    await worker.idle();
  };
  const isAsking = () => own.store.getState().asking;
  return { worker, own, answer, isAsking, asked: () => worker.questions.map(({ question }) => question) };
}

test('is asked while it is drawn no oftener than is answered, and last as it is last', async () => {
  const { own, answer, asked, isAsking } = await opened();
  expect(isAsking()).toBe(false);
  for (const x of [0.1, 0.2, 0.3]) own.draw(drawing(x));
  expect(asked()).toEqual([{ about: 'classify', picture: pictureOf(drawing(0.1), 'your drawing') }]);
  await answer();
  expect(own.store.getState().answers).toEqual(TOLD);
  expect(asked()).toEqual([{ about: 'classify', picture: pictureOf(drawing(0.3), 'your drawing') }]);
  expect(isAsking()).toBe(true);
  await answer();
  expect([asked(), isAsking()]).toEqual([[], false]);
});

test('is asked again where a net was cut or another race stands, and nothing of the old one is told then', async () => {
  const { worker, own, answer, asked } = await opened();
  own.draw(drawing(0.5));
  await answer();
  worker.emit(changedReport({ ...TWO, surgery: [{ step: 1, lane: 'ResNet-8', block: 1, gain: 0 }] }, 1));
  expect(asked()).toHaveLength(1);
  worker.emit(openedReport(TWO));
  expect(own.store.getState().answers).toBe(null);
  await answer();
  // That was of the race before.
  expect(own.store.getState().answers).toBe(null);
  await answer();
  expect(own.store.getState().answers).toEqual(TOLD);
});

test('a blank drawing is no image, and a question that fails ends nothing', async () => {
  const { worker, own, answer, asked, isAsking } = await opened();
  own.draw(drawing(0.5));
  worker.questions.shift()?.failed('Error', 'image: no');
  await worker.idle();
  expect(isAsking()).toBe(false);
  own.draw(drawing(0.6));
  await answer();
  expect(own.store.getState().answers).toEqual(TOLD);
  own.draw({ on: 'white', strokes: [] });
  expect([own.store.getState().picture, own.store.getState().answers, asked()]).toEqual([null, null, []]);
});
