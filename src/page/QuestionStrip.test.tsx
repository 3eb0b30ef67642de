// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { PRESETS } from '../core/experiment/presets.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { FakeWorker } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { QuestionStrip } from './QuestionStrip.tsx';

test('the sections on the paper are pointed to only where they are shown', async () => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open(PRESETS.family);
  const { element, close } = await mount(stores, <QuestionStrip />);
  onTestFinished(close);
  const note = '18% of VGG-19’s 19.6 billion (He et al., section 3.3).';
  expect(element.textContent).toContain(`${note} The section The paper’s family below has`);
  await act(async () => stores.sections.hide(['family']));
  expect(element.textContent).toContain(note);
  expect(element.textContent).not.toContain('below');
});
