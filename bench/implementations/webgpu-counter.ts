/** What WebGPU was asked for. */
export interface Counts {
  readonly dispatches: number;
  /** Bytes of all buffers that were bound when something was dispatched: the most that it can have read and written. */
  readonly boundBytes: number;
  readonly submits: number;
}

let dispatches = 0;
let boundBytes = 0;
let submits = 0;
let skips = false;

/** From now on WebGPU is asked for as much, of no workgroup: nothing is computed. For those who have tested themselves. */
export function skipWork(): void {
  skips = true;
}

/**
 * Counts from outside, by the prototypes, so that it counts anybody's alike. Once in a program, before a device is
 * asked for.
 */
export function countWebGpu(): void {
  const sizes = new WeakMap<GPUBindGroup, number>();
  const bound = new WeakMap<GPUComputePassEncoder, Map<number, number>>();
  const device = GPUDevice.prototype;
  const pass = GPUComputePassEncoder.prototype;
  const queue = GPUQueue.prototype;
  const { createBindGroup } = device;
  const { setBindGroup, dispatchWorkgroups } = pass;
  const { submit } = queue;

  device.createBindGroup = function (descriptor) {
    const group = createBindGroup.call(this, descriptor);
    let bytes = 0;
    for (const { resource } of descriptor.entries) bytes += bytesOf(resource);
    sizes.set(group, bytes);
    return group;
  };
  pass.setBindGroup = new Proxy(setBindGroup, {
    apply: (target, encoder: GPUComputePassEncoder, given: Parameters<typeof setBindGroup>) => {
      const [index, group] = given;
      const groups = bound.get(encoder) ?? new Map<number, number>();
      groups.set(index, group ? (sizes.get(group) ?? 0) : 0);
      bound.set(encoder, groups);
      Reflect.apply(target, encoder, given);
    },
  });
  pass.dispatchWorkgroups = function (...given) {
    dispatches += 1;
    for (const bytes of bound.get(this)?.values() ?? []) boundBytes += bytes;
    if (skips) dispatchWorkgroups.call(this, 0, 0, 0);
    else dispatchWorkgroups.apply(this, given);
  };
  queue.submit = function (buffers) {
    submits += 1;
    return submit.call(this, buffers);
  };
}

/** The counts since they were taken last. */
export function takeCounts(): Counts {
  const counts = { dispatches, boundBytes, submits };
  dispatches = 0;
  boundBytes = 0;
  submits = 0;
  return counts;
}

function bytesOf(resource: GPUBindingResource): number {
  if (resource instanceof GPUBuffer) return resource.size;
  if (!('buffer' in resource)) return 0;
  const { buffer, offset = 0, size } = resource;
  return size ?? buffer.size - offset;
}
