/** A compiled shader, and the layout of its bindings. */
export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Access mode of a storage buffer in WGSL. */
export type Access = 'read' | 'read_write';

/** A compute shader: WGSL, and the access mode of each array in the order of its bindings. */
export interface ShaderCode {
  /** Label for the device's messages and for profiles. */
  readonly name: string;
  readonly code: string;
  readonly accesses: readonly Access[];
}

/** What pipelines need of a device. */
type Compiler = Pick<
  GPUDevice,
  | 'createBindGroupLayout'
  | 'createPipelineLayout'
  | 'createShaderModule'
  | 'createComputePipeline'
  | 'createComputePipelineAsync'
>;

/** A cache of compiled pipelines, keyed by shader source: two that share a pipeline cannot differ. */
export class Pipelines {
  readonly #device: Compiler;
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #ready = new Map<string, Pipeline>();
  readonly #coming = new Map<string, Promise<void>>();

  constructor(device: Compiler) {
    this.#device = device;
  }

  /** The pipeline of this shader; compiled synchronously if it was not prepared. */
  get(shader: ShaderCode): Pipeline {
    const known = this.#ready.get(shader.code);
    if (known !== undefined) return known;
    const layout = this.#layout(shader.accesses);
    const compiled = { layout, pipeline: this.#device.createComputePipeline(this.#descriptor(shader, layout)) };
    this.#ready.set(shader.code, compiled);
    return compiled;
  }

  /** Starts to compile in the background, without stalling the queue. */
  prepare(shader: ShaderCode): void {
    const { code, accesses } = shader;
    if (this.#ready.has(code) || this.#coming.has(code)) return;
    const layout = this.#layout(accesses);
    const compile = async () => {
      const pipeline = await this.#device.createComputePipelineAsync(this.#descriptor(shader, layout));
      this.#ready.set(code, { layout, pipeline });
    };
    const coming = compile().finally(() => this.#coming.delete(code));
    // `settle` rejects, if it waits for it; `get` compiles it again.
    coming.catch(() => {});
    this.#coming.set(code, coming);
  }

  /** Resolves when all pending compilations are done, and rejects if one fails; `fraction` is in 0 .. 1. */
  async settle(onProgress: (fraction: number) => void): Promise<void> {
    const coming = [...this.#coming.values()];
    let done = 0;
    const tell = () => {
      done += 1;
      onProgress(done / coming.length);
    };
    await Promise.all(coming.map((each) => each.then(tell)));
  }

  #descriptor({ name, code }: ShaderCode, layout: GPUBindGroupLayout): GPUComputePipelineDescriptor {
    const module = this.#device.createShaderModule({ label: name, code });
    const pipelineLayout = this.#device.createPipelineLayout({ bindGroupLayouts: [layout] });
    return { label: name, layout: pipelineLayout, compute: { module, entryPoint: 'main' } };
  }

  #layout(bindings: readonly Access[]): GPUBindGroupLayout {
    const key = bindings.join();
    const known = this.#layouts.get(key);
    if (known !== undefined) return known;
    const layout = this.#device.createBindGroupLayout({
      entries: bindings.map((access, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
      })),
    });
    this.#layouts.set(key, layout);
    return layout;
  }
}

/** One recorded dispatch: pipeline, bind group and grid. */
export interface Command {
  /** Name of the shader. */
  readonly name: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly grid: readonly [number, number, number];
  /** Total size of its bindings. */
  readonly bytes: number;
}

/** Cost of a recorded step. */
export interface StepCost {
  readonly dispatches: number;
  /** Bytes bound by all dispatches: the memory traffic if each dispatch touches all of its bindings once. */
  readonly bytes: number;
}

/** A sequence of dispatches that can be replayed on the same buffers. */
export class Recording {
  readonly commands: readonly Command[];

  constructor(commands: readonly Command[]) {
    this.commands = commands;
  }

  get cost(): StepCost {
    return { dispatches: this.commands.length, bytes: this.commands.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  encode(pass: GPUComputePassEncoder): void {
    for (const { pipeline, bindGroup, grid } of this.commands) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...grid);
    }
  }
}
