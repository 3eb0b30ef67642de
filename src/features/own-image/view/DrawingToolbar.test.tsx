// @vitest-environment happy-dom
import { act, useState } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import type { Drawing } from '../drawing.ts';
import { BRUSHES, DrawingToolbar } from './DrawingToolbar.tsx';

const brush = { colour: '#1b1b1b', width: BRUSHES.medium };

function Tools() {
  const [drawing, draw] = useState<Drawing>({ on: 'white', strokes: [{ ...brush, points: [[0.5, 0.5]] }] });
  return <DrawingToolbar drawing={drawing} brush={brush} paper="white" onBrush={() => {}} onDraw={draw} />;
}

test('Undo and Clear keep the focus where they leave nothing to undo', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(fakeStores(worker), <Tools />);
  onTestFinished(close);
  const [undo, clear] = [say('ownImage.undo'), say('ownImage.clear')].map(
    (text) =>
      [...element.querySelectorAll('button')].find(({ textContent }) => textContent === text) ?? expect.fail(text),
  );
  await act(async () => undo?.click());
  for (const button of [undo, clear]) {
    expect([button?.disabled, button?.getAttribute('aria-disabled')]).toEqual([false, 'true']);
  }
});
