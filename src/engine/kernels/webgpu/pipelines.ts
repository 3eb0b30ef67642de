export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Whether the code reads an array or writes it too, in the order of the bindings. */
export type Access = 'read' | 'read_write';

/** Compiled shaders, by their code: two that share a pipeline cannot differ. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #ready = new Map<string, Pipeline>();
  readonly #coming = new Map<string, Promise<void>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The pipeline of this code, compiled at once where it was not prepared. */
  get(code: string, bindings: readonly Access[]): Pipeline {
    const known = this.#ready.get(code);
    if (known !== undefined) return known;
    const layout = this.#layout(bindings);
    const compiled = { layout, pipeline: this.#device.createComputePipeline(this.#descriptor(code, layout)) };
    this.#ready.set(code, compiled);
    return compiled;
  }

  /** Begins to compile, which stalls nobody. */
  prepare(code: string, bindings: readonly Access[]): void {
    if (this.#ready.has(code) || this.#coming.has(code)) return;
    const layout = this.#layout(bindings);
    const compile = async () => {
      const pipeline = await this.#device.createComputePipelineAsync(this.#descriptor(code, layout));
      this.#ready.set(code, { layout, pipeline });
      this.#coming.delete(code);
    };
    this.#coming.set(code, compile());
  }

  /** Waits for all that was begun. */
  async settle(onProgress: (fraction: number) => void): Promise<void> {
    const coming = [...this.#coming.values()];
    let done = 0;
    const tell = () => {
      done += 1;
      onProgress(done / coming.length);
    };
    await Promise.all(coming.map((each) => each.then(tell)));
  }

  #descriptor(code: string, layout: GPUBindGroupLayout): GPUComputePipelineDescriptor {
    const module = this.#device.createShaderModule({ code });
    const pipelineLayout = this.#device.createPipelineLayout({ bindGroupLayouts: [layout] });
    return { layout: pipelineLayout, compute: { module, entryPoint: 'main' } };
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
