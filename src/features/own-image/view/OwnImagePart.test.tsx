// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, NO_DATA, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { OwnImagePart } from './OwnImagePart.tsx';
import { Predictions } from './Predictions.tsx';

test('the brush is seen on the paper of other data, and has the colour that was chosen', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(fakeStores(worker), <OwnImagePart onFile={() => {}} />);
  onTestFinished(close);
  const openOn = (shade: number) =>
    act(async () => {
      const picture = { name: '0', size: 2, rgb: new Uint8Array(12).fill(shade) };
      worker.emit({ type: 'opened', experiment: TWO, data: { ...NO_DATA, shown: [{ picture, label: 0 }] } });
    });
  const colour = () => element.querySelector('[role="radio"][aria-checked="true"]')?.getAttribute('aria-label');
  await openOn(255);
  expect(colour()).toBe(say('ownImage.colour.black'));
  await openOn(0);
  expect(colour()).toBe(say('ownImage.colour.white'));
  const red = element.querySelector<HTMLElement>(`[aria-label="${say('ownImage.colour.red')}"]`);
  await act(async () => red?.click());
  await openOn(255);
  expect(colour()).toBe(say('ownImage.colour.red'));
});

test('the pad gives the focus to the button that opens it when it is closed', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(fakeStores(worker), <Predictions />);
  onTestFinished(close);
  await act(async () => worker.emit({ type: 'opened', experiment: TWO, data: NO_DATA }));
  const draw = element.querySelector<HTMLElement>('[aria-expanded]') ?? expect.fail('nothing to draw with');
  await act(async () => draw.click());
  const away = element.querySelector<HTMLElement>(`[aria-label="${say('ownImage.close')}"]`);
  await act(async () => away?.focus());
  await act(async () => away?.click());
  expect(away?.isConnected).toBe(false);
  expect(document.activeElement).toBe(draw);
});
