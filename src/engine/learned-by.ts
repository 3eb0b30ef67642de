import type { Instruction } from './program.ts';

/** The parameters of an instruction: what training changes of it. */
export function learnedBy(instruction: Instruction): readonly string[] {
  switch (instruction.op) {
    case 'conv':
      return instruction.bias === null ? [instruction.weight] : [instruction.weight, instruction.bias];
    case 'norm':
      return [instruction.scale, instruction.shift];
    case 'dense':
      return [instruction.weight, instruction.bias];
    case 'pad':
    case 'pool':
    case 'maxpool':
    case 'concat':
    case 'lrn':
    case 'dropout':
    case 'flatten':
      return [];
    default:
      return instruction satisfies never;
  }
}
