import { afterEach, expect, test, vi } from 'vitest';
import { Pipelines } from './pipelines.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a compilation that fails is told once, and tried again when the pipeline is needed', async () => {
  vi.stubGlobal('GPUShaderStage', { COMPUTE: 4 });
  const device = {
    createBindGroupLayout: vi.fn<GPUDevice['createBindGroupLayout']>(),
    createPipelineLayout: vi.fn<GPUDevice['createPipelineLayout']>(),
    createShaderModule: vi.fn<GPUDevice['createShaderModule']>(),
    createComputePipeline: vi.fn<GPUDevice['createComputePipeline']>(),
    createComputePipelineAsync: vi
      .fn<GPUDevice['createComputePipelineAsync']>()
      .mockRejectedValueOnce(new Error('out of memory')),
  };
  const pipelines = new Pipelines(device);
  const shader = { name: 'add', code: 'code', accesses: ['read'] } as const;
  pipelines.prepare(shader);
  await expect(pipelines.settle(() => {})).rejects.toThrow('out of memory');
  await pipelines.settle(() => {});
  pipelines.get(shader);
  expect(device.createComputePipeline).toHaveBeenCalledOnce();
});
