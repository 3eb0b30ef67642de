import type { Instruction, Program } from './program.ts';

/** Whether steps of a net can be recorded: only where every instruction is done by kernels of ours, forward and back. */
export function isRecordable({ instructions }: Program): boolean {
  return instructions.every(hasKernels);
}

function hasKernels(instruction: Instruction): boolean {
  switch (instruction.op) {
    case 'norm':
    case 'pad':
    case 'pool':
      return true;
    case 'conv':
      return instruction.bias === null && instruction.groups === 1;
    case 'dense':
      return !instruction.relu;
    case 'maxpool':
    case 'concat':
    case 'lrn':
    case 'dropout':
    case 'flatten':
      return false;
    default:
      return instruction satisfies never;
  }
}
