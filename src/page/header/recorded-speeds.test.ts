import { expect, test } from 'vitest';
import { recorded } from '../../../bench/record.ts';
import { nameOf } from '../../../bench/task.ts';
import { SPEED_TASKS } from '../../core/results/device-speed.ts';
import { RECORDED_SPEEDS } from './recorded-speeds.ts';

const [CPU, GPU] = RECORDED_SPEEDS;

/** A number of a benchmark as it was recorded last. */
function resultOf(benchmark: string, group: string, name: string): number | null | undefined {
  const rows = recorded(benchmark)?.groups.find(({ title }) => title === group)?.rows;
  return rows?.find((row) => row.name === name)?.value;
}

test('the CPU times that the menu shows are the recorded ones of one thread', () => {
  const steps = SPEED_TASKS.flatMap((task, nth) => (task.type === 'step' ? [{ task, ms: CPU?.ms[nth] }] : []));
  expect(steps).toHaveLength(4);
  for (const { task, ms } of steps) {
    expect(ms).toBe(resultOf('widths', nameOf(task), 'ours, wasm, 1 thread: CPU time'));
  }
});

test('the times that it shows of a GPU are the recorded ones', () => {
  const [, , small, large] = SPEED_TASKS;
  if (small === undefined || large === undefined) return expect.fail('no such tasks');
  expect(GPU?.ms).toEqual([
    resultOf('gpu', 'By depth: width 8, 16×16, batch 16, WebGPU by Dawn', 'depth 8'),
    resultOf('gpu', 'By width: ResNet-20, 16×16, batch 16, WebGPU by Dawn', 'width 8'),
    resultOf('gpu', nameOf(small), 'ours'),
    resultOf('gpu', nameOf(large), 'ours'),
    null,
  ]);
});
