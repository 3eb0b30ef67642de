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
