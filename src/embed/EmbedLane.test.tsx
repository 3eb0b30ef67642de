// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { grown } from '../core/experiment/branch-off.ts';
import type { LaneSpec } from '../core/experiment/experiment.ts';
import { makeNet } from '../core/net/net.ts';
import { rulerFor } from '../features/race/strip/ruler.ts';
import { shapeOf } from '../features/race/strip/shape.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { changedReport, FakeWorker, TWO } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { EmbedLane } from './EmbedLane.tsx';

test('before it has grown, a net is drawn as the smaller one', async () => {
  const small = makeNet('residual', 8);
  const net = grown(small, small.gains) ?? expect.unreachable();
  const lane: LaneSpec = { name: 'grown', net, origin: { lane: 'ResNet-8', eras: [{ net: small, until: 100 }] } };
  const experiment = { ...TWO, lanes: [lane] };
  const worker = new FakeWorker();
  await worker.open(experiment);
  const ruler = rulerFor([shapeOf(net)], { width: 600, rows: 'low', touch: false });
  const part = <EmbedLane lab={worker.lab} lane={lane} ruler={ruler} open={async () => {}} />;
  const { element, close } = await mount(fakeStores(worker), part);
  onTestFinished(close);
  const blocks = () => element.querySelectorAll('[role="switch"]').length;
  expect(blocks()).toBe(3);
  await act(async () => worker.emit(changedReport(experiment, 100)));
  expect(blocks()).toBe(6);
});
