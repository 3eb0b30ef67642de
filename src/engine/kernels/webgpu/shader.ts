import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs } from '../registry.ts';
import { TrainingBackend } from './backend.ts';
import type { Access } from './pipelines.ts';

/** An array that a shader works on: a tensor or a buffer, read as values of a WGSL type. */
export interface ArrayOf {
  readonly type: string;
  readonly tensor: TensorInfo | GPUBuffer;
}

/** A tensor or buffer, read as values of a WGSL type. */
export function arrayOf(type: string, tensor: TensorInfo | GPUBuffer): ArrayOf {
  return { type, tensor };
}

/** A compute shader with any number of outputs. */
export interface Shader {
  /** Label for the device's messages and for profiles. */
  readonly name: string;
  /** Arrays by their names in the code: `reads` are read-only, `writes` are read and written. */
  readonly reads: Readonly<Record<string, ArrayOf>>;
  readonly writes: Readonly<Record<string, ArrayOf>>;
  /** Threads per workgroup; `grid` is the number of workgroups. */
  readonly workgroup: number;
  readonly grid: readonly [x: number, y: number, z: number];
  /** WGSL before the body: functions and workgroup memory. */
  readonly declarations?: string;
  /** WGSL of the entry point, in which `group` (vec3<i32>) is the workgroup and `thread` (i32) the thread in it. */
  readonly body: string;
}

/** Number of workgroups in x, y and z. */
export type Grid = Shader['grid'];

/** Dispatches a shader; while the backend prepares or records, compiles or records it instead. */
export function run(backend: TrainingBackend, shader: Shader): void {
  const { name, reads, writes, workgroup, grid, declarations = '', body } = shader;
  const arrays = [...entries(reads, 'read'), ...entries(writes, 'read_write')];
  const header = arrays.map(
    ({ name, access, type }, binding) =>
      `@group(0) @binding(${binding}) var<storage, ${access}> ${name} : array<${type}>;`,
  );
  const code = `${header.join('\n')}
${declarations}
@compute @workgroup_size(${workgroup})
fn main(@builtin(workgroup_id) groupId : vec3<u32>, @builtin(local_invocation_index) localIndex : u32) {
  let group = vec3<i32>(groupId);
  let thread = i32(localIndex);
${body}
}`;
  backend.dispatch(
    { name, code, accesses: arrays.map(({ access }) => access) },
    arrays.map(({ tensor }) => tensor),
    grid,
  );
}

function entries(arrays: Readonly<Record<string, ArrayOf>>, access: Access) {
  return Object.entries(arrays).map(([name, array]) => ({ name, access, ...array }));
}

/** Maximum number of workgroups in one dimension that every device allows. */
const LONGEST_GRID = 65_535;

/** A dispatch grid of at least `count` workgroups, times `deep` in z, and WGSL for a workgroup's number in x and y. */
export function workgroups(count: number, deep = 1): { readonly grid: Grid; readonly number: string } {
  const rows = Math.ceil(count / LONGEST_GRID);
  const columns = Math.ceil(count / rows);
  return { grid: [columns, rows, deep], number: `(group.y * ${columns} + group.x)` };
}

/**
 * A dispatch grid of at least `count` threads, and WGSL that defines a thread's `index` and returns from surplus ones.
 */
export function threads(count: number, workgroup: number): { readonly grid: Grid; readonly index: string } {
  const { grid, number } = workgroups(Math.ceil(count / workgroup));
  const index = `let index = ${number} * ${workgroup} + thread;
  if (index >= ${count}) { return; }`;
  return { grid, index };
}

/** A kernel for the webgpu backend, as tfjs' registry takes it. */
export function webGpuKernel(
  kernelName: string,
  kernel: (backend: TrainingBackend, inputs: Inputs, attrs: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      if (!(backend instanceof TrainingBackend)) throw new Error(`kernel: ${kernelName} needs a TrainingBackend`);
      return kernel(backend, inputs, attrs ?? {});
    },
  };
}

/** An output tensor of this shape: `place` if that has the shape, else a newly allocated one. */
export function outputIn(
  backend: TrainingBackend,
  place: TensorInfo | undefined,
  shape: readonly number[],
): TensorInfo {
  const fits =
    place !== undefined && place.shape.length === shape.length && place.shape.every((side, at) => side === shape[at]);
  return fits ? backend.retain(place) : backend.make(shape);
}
