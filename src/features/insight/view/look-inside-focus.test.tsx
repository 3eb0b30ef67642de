// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { figureText } from '../probes/probes.ts';
import { LookInside } from './LookInside.tsx';

let close = () => {};
afterEach(() => close());

const use = (name: string) =>
  act(async () => {
    const control =
      [...document.querySelectorAll('button')].find(
        (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
      ) ?? expect.fail(`no ${name}`);
    control.focus();
    control.click();
  });
const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

test('a card and its figure pass the focus on to each other, and a study keeps it', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const page = await mount(fakeStores(worker), <LookInside />);
  close = page.close;
  const { question, title } = figureText('lesions');
  await use(say('insight.measureFigure', { question }));
  expect(document.activeElement?.closest('figure')?.getAttribute('aria-label')).toBe(title);
  await use(say('insight.cancel'));
  expect(focused()).toBe(say('insight.run'));
  await use(say('insight.run'));
  expect(focused()).toBe(say('insight.cancel'));
  await use(say('insight.closeFigure', { question }));
  expect(focused()).toBe(say('insight.measureFigure', { question }));
});
