import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { getKernel, type KernelConfig, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs } from '../inputs.ts';

/** A compute shader with one output. Its code is WGSL. */
export interface Shader {
  /** Names the code: two shaders of one name must have the same code, so every constant in it belongs in the name. */
  readonly name: string;
  /** Arrays of f32 by the names that the code has for them; at most seven. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** The shape of `result`, an array of f32. */
  readonly output: readonly number[];
  /** Numbers that may change from run to run, as `uniforms.NAME`. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** Declarations before the body: what a workgroup shares. */
  readonly shared?: string;
  /** How many times the body runs, in workgroups of `WORKGROUP`; rounded up to whole ones. */
  readonly threads: number;
  /** The body, which knows its number as `index` and its number in the workgroup as `localIndex`. */
  readonly body: string;
}

/** Threads in a workgroup. */
export const WORKGROUP = 64;

/** What a WebGPU kernel of ours works with. */
export interface Gpu {
  run(shader: Shader): TensorInfo;
  /** Runs one of the backend's kernels that has a single output. */
  call(kernelName: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap): TensorInfo;
  free(...tensors: readonly TensorInfo[]): void;
}

function gpuOf(backend: unknown): Gpu {
  if (!(backend instanceof WebGPUBackend)) throw new Error('kernel: the backend is not webgpu');
  return {
    run: (shader) => runShader(backend, shader),
    call: (kernelName, inputs, attrs) => {
      const output = getKernel(kernelName, 'webgpu').kernelFunc({ inputs, attrs, backend });
      if (Array.isArray(output)) throw new Error(`kernel: ${kernelName} has several outputs`);
      return output;
    },
    free: (...tensors) => {
      for (const tensor of tensors) backend.disposeData(tensor.dataId);
    },
  };
}

/** A kernel for the webgpu backend, as tfjs' registry takes it. */
export function webGpuKernel(
  kernelName: string,
  run: (gpu: Gpu, inputs: Inputs, attrs: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => run(gpuOf(backend), inputs, attrs ?? {}),
  };
}

/** Records the shader in tfjs' own command encoder, with its pipeline cache and its buffer pool. */
function runShader(backend: WebGPUBackend, shader: Shader): TensorInfo {
  const { name, inputs, output, uniforms = {}, shared = '', threads, body } = shader;
  const outputShape = [...output];
  const names = Object.keys(uniforms);
  // tfjs binds every input and the uniforms, and WebGPU refuses to bind what the code does not mention.
  const mentions = ['uniforms', ...Object.keys(inputs)].map((each) => `_ = &${each};`).join(' ');
  const program = {
    variableNames: Object.keys(inputs),
    outputShape,
    workgroupSize: [WORKGROUP, 1, 1] satisfies [number, number, number],
    dispatchLayout: { x: outputShape.map((_, dimension) => dimension) },
    dispatch: [Math.ceil(threads / WORKGROUP), 1, 1] satisfies [number, number, number],
    shaderKey: name,
    uniforms: names.map((each) => `${each} : f32,`).join(' '),
    getUserCode: () => `${shared}\nfn main(index : i32) {\n${mentions}\n${body}\n}`,
  };
  const values = names.map((each) => ({ type: 'float32', data: [uniforms[each] ?? 0] }));
  return backend.runWebGPUProgram(program, Object.values(inputs), 'float32', values);
}
