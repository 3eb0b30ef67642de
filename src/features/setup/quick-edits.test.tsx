// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { DataSection } from './DataSection.tsx';
import { RecipeSection } from './RecipeSection.tsx';

const press = (name: string) =>
  act(async () => {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
    (button ?? expect.fail(`no ${name}`)).click();
  });

test('an edit while another one is on its way builds on that', async () => {
  const worker = new FakeWorker();
  const drops = [50, 80].map((step) => ({ step, by: 10 }));
  await worker.open({ ...TWO, recipe: { ...TWO.recipe, drops } });
  const { close } = await mount(
    fakeStores(worker),
    <>
      <DataSection />
      <RecipeSection />
    </>,
  );
  onTestFinished(close);
  const [addDrop, removeDrop] = [say('setup.addDrop'), say('setup.removeDrop')];
  for (const name of [addDrop, addDrop, removeDrop]) await press(name);
  const wanted = [80, 130, 180].map((step) => ({ step, by: 10 }));
  expect(worker.asked.at(-1)).toMatchObject({ experiment: { recipe: { drops: wanted } } });
  for (const name of [say('setup.taskGroup'), '8']) await press(name);
  const data = { source: 'emoji', task: 'group', size: 8 };
  expect(worker.asked.at(-1)).toMatchObject({ experiment: { data, recipe: { drops: wanted } } });
});
