// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { type ColumnLayer, columnGeometry, NetColumn } from './NetColumn.tsx';

const layer = (key: string, level: number): ColumnLayer => ({ key, level, stage: 0, label: key, ariaText: key });

test('height is depth, whatever stands side by side', () => {
  const one = columnGeometry([layer('a', 1), layer('b', 2)], [], 10, 100);
  const many = columnGeometry([layer('a', 1), layer('b', 2), layer('c', 2), layer('d', 2)], [], 10, 100);
  expect(one.height).toBe(20);
  expect(many.height).toBe(20);
  const row = many.layers.filter(({ level }) => level === 2);
  expect(new Set(row.map(({ y }) => y))).toEqual(new Set([10]));
  for (const [index, box] of row.slice(1).entries())
    expect(box.x).toBeGreaterThan((row[index]?.x ?? 0) + (row[index]?.width ?? 0));
});

test('a shortcut goes from behind one layer to behind another', () => {
  const { arcs, layers } = columnGeometry(
    [1, 2, 3].map((level) => layer(`${level}`, level)),
    [{ from: 1, to: 3, grows: true }],
    10,
    100,
  );
  const [from = 0, to = 0] = [...(arcs[0]?.path ?? '').matchAll(/ (\d+)(?=C|$)/g)].map((match) => Number(match[1]));
  expect(from).toBeGreaterThan((layers[0]?.y ?? 0) + (layers[0]?.height ?? 0) - 1);
  expect(from).toBeLessThan(layers[1]?.y ?? 0);
  expect(to).toBeGreaterThan((layers[2]?.y ?? 0) + (layers[2]?.height ?? 0) - 1);
});

test('layers stay within their column at every zoom', () => {
  for (const pitch of [2, 5, 24]) {
    const { layers, width } = columnGeometry([layer('a', 1), layer('b', 1)], [], pitch, 120);
    for (const box of layers) expect(box.x + box.width).toBeLessThanOrEqual(width);
  }
});

test('a layer that is pressed stays told when the list takes the focus, and when a finger leaves it', async () => {
  const onPoint = vi.fn();
  const layers = ['a', 'b', 'c'].map((key, index) => layer(key, index + 1));
  const { element, close } = await mount(
    fakeStores(new FakeWorker()),
    <NetColumn
      family="plain"
      depth={8}
      layers={layers}
      skips={[]}
      pitch={10}
      width={100}
      label="net"
      onPoint={onPoint}
    />,
  );
  const list = element.querySelector<HTMLElement>('[role="listbox"]') ?? expect.unreachable('no list');
  const pressed = element.querySelectorAll('[role="option"]')[2];
  await act(async () => pressed?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })));
  await act(async () => list.focus());
  expect(onPoint).toHaveBeenLastCalledWith('c');
  await act(async () => pressed?.dispatchEvent(new PointerEvent('pointerout', { bubbles: true })));
  expect(onPoint).toHaveBeenLastCalledWith('c');
  close();
});
