/** One dispatch, with everything that it needs. */
export interface Command {
  /** The shader's. */
  readonly name: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly grid: readonly [number, number, number];
  /** Bytes of what it has bound. */
  readonly bytes: number;
}

/** What a step costs, counted. */
export interface StepCost {
  readonly dispatches: number;
  /** Bytes bound by all dispatches: what is read and written, where each reads and writes everything once. */
  readonly bytes: number;
}

/** Dispatches that were noted down, to be done again with the same buffers. */
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
