import type { InputNode, Node } from '../../core/net/node.ts';
import { type AddInstruction, addOperation } from './add.ts';
import { type AveragePoolInstruction, averagePoolOperation } from './average-pool.ts';
import { type ConcatInstruction, concatOperation } from './concat.ts';
import { type ConvInstruction, convOperation } from './conv.ts';
import { type DenseInstruction, denseOperation } from './dense.ts';
import { type DropInstruction, dropOperation } from './drop.ts';
import { type DropoutInstruction, dropoutOperation } from './dropout.ts';
import { type FlattenInstruction, flattenOperation } from './flatten.ts';
import { type GateInstruction, gateOperation } from './gate.ts';
import { type GroupNormInstruction, groupNormOperation } from './group-norm.ts';
import { type LrnInstruction, lrnOperation } from './lrn.ts';
import { type NormInstruction, normOperation } from './norm.ts';
import type { Operation } from './operation.ts';
import { type PadInstruction, padOperation } from './pad.ts';
import { type MaxPoolInstruction, maxPoolOperation, type PoolInstruction, poolOperation } from './pool.ts';
import { type ReluInstruction, reluOperation } from './relu.ts';
import { type ScaleInstruction, scaleOperation } from './scale.ts';
import { type SumInstruction, sumOperation } from './sum.ts';

/** One step of a program. A node with the sum and the ReLU that are folded into it is one instruction. */
export type Instruction =
  | AddInstruction
  | AveragePoolInstruction
  | ConcatInstruction
  | ConvInstruction
  | DenseInstruction
  | DropInstruction
  | DropoutInstruction
  | FlattenInstruction
  | GateInstruction
  | GroupNormInstruction
  | LrnInstruction
  | MaxPoolInstruction
  | NormInstruction
  | PadInstruction
  | PoolInstruction
  | ReluInstruction
  | ScaleInstruction
  | SumInstruction;

type InstructionOp = Instruction['op'];
type InstructionOf<O extends InstructionOp> = Extract<Instruction, { op: O }>;
type NodeOf<O extends InstructionOp> = Extract<Exclude<Node, InputNode>, { op: O }>;

/** Every operation, by the name of its nodes and instructions. */
const OPERATIONS: { readonly [O in InstructionOp]: Operation<NodeOf<O>, InstructionOf<O>> } = {
  add: addOperation,
  averagepool: averagePoolOperation,
  concat: concatOperation,
  conv: convOperation,
  dense: denseOperation,
  drop: dropOperation,
  dropout: dropoutOperation,
  flatten: flattenOperation,
  gate: gateOperation,
  groupnorm: groupNormOperation,
  lrn: lrnOperation,
  maxpool: maxPoolOperation,
  norm: normOperation,
  pad: padOperation,
  pool: poolOperation,
  relu: reluOperation,
  scale: scaleOperation,
  sum: sumOperation,
};

/** The record of an instruction's operation, to be applied to it. */
export function operationOf<O extends InstructionOp>(
  instruction: InstructionOf<O>,
): Operation<NodeOf<O>, InstructionOf<O>> {
  return OPERATIONS[instruction.op];
}

/** The record of the operation that lowers a node. The input is no operation. */
export function operationFor<O extends InstructionOp>(node: NodeOf<O>): Operation<NodeOf<O>, InstructionOf<O>> {
  return OPERATIONS[node.op];
}
