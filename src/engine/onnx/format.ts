import { concatBytes } from '../../core/bytes.ts';

/** The values of an operator's attribute. */
export type Attribute =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly values: readonly number[] };

/** An operator of a model. */
export interface OnnxOperator {
  readonly opType: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Weights or constants of a model, row by row. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** An input or output: 32-bit floats, any number of rows of `shape`. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A model of one graph. */
export interface OnnxModel {
  /** Version of the set of operators. */
  readonly opset: number;
  readonly name: string;
  readonly description: string;
  readonly operators: readonly OnnxOperator[];
  readonly tensors: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The oldest version of the format that has each version of the operators (onnx.ai, docs/Versioning.md). */
const irVersion = (opset: number) => (opset >= 21 ? 10 : 8);

const PRODUCER = 'ResNet Playground';
const ELEMENT = { float: 1, int64: 7 } as const;
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;

/** A part of a protobuf message in its wire format, in pieces, so that weights are copied once. */
type Pieces = readonly Uint8Array[];

/** A model as the bytes of an ONNX file. Numbers of fields are those of onnx.proto. */
export function encodeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const graph = [
    ...model.operators.map((operator) => nested(1, operatorFields(operator))),
    text(2, model.name),
    ...model.tensors.map((tensor) => nested(5, tensorFields(tensor))),
    nested(11, valueFields(model.input)),
    nested(12, valueFields(model.output)),
  ];
  const metadata = Object.entries(model.metadata).map(([key, value]) => nested(14, [text(1, key), text(2, value)]));
  const fields = [
    ...[int(1, irVersion(model.opset)), text(2, PRODUCER), text(6, model.description), nested(7, graph)],
    nested(8, [text(1, ''), int(2, model.opset)]),
    ...metadata,
  ];
  return concatBytes(fields.flat());
}

function operatorFields({ inputs, output, name, opType, attributes }: OnnxOperator): readonly Pieces[] {
  const all = Object.entries(attributes).map(([key, attribute]) => nested(5, attributeFields(key, attribute)));
  return [...inputs.map((input) => text(1, input)), text(2, output), text(3, name), text(4, opType), ...all];
}

function attributeFields(name: string, attribute: Attribute): readonly Pieces[] {
  const type = int(20, ATTRIBUTE[attribute.type]);
  switch (attribute.type) {
    case 'float':
      return [text(1, name), float(2, attribute.value), type];
    case 'int':
      return [text(1, name), int(3, attribute.value), type];
    case 'ints':
      return [text(1, name), ...attribute.values.map((value) => int(8, value)), type];
    default:
      return attribute satisfies never;
  }
}

function tensorFields({ name, shape, values }: OnnxTensor): readonly Pieces[] {
  const type = values instanceof Float32Array ? ELEMENT.float : ELEMENT.int64;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [...shape.map((side) => int(1, side)), int(2, type), text(8, name), bytes(9, raw)];
}

function valueFields({ name, shape }: OnnxValue): readonly Pieces[] {
  const sides = [nested(1, [text(2, 'batch')]), ...shape.map((side) => nested(1, [int(1, side)]))];
  return [text(1, name), nested(2, [nested(1, [int(1, ELEMENT.float), nested(2, sides)])])];
}

const WIRE = { varint: 0, bytes: 2, fixed32: 5 } as const;

/** A whole number from 0 on, seven bits a byte, the lowest first. */
function varint(value: number): readonly number[] {
  const septets: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) septets.push((rest % 128) + 128);
  return [...septets, rest];
}

const key = (field: number, wire: number) => varint(field * 8 + wire);

function int(field: number, value: number): Pieces {
  return [Uint8Array.from([...key(field, WIRE.varint), ...varint(value)])];
}

function float(field: number, value: number): Pieces {
  return [Uint8Array.from(key(field, WIRE.fixed32)), new Uint8Array(Float32Array.of(value).buffer)];
}

function bytes(field: number, value: Uint8Array): Pieces {
  return [Uint8Array.from([...key(field, WIRE.bytes), ...varint(value.length)]), value];
}

function text(field: number, value: string): Pieces {
  return bytes(field, new TextEncoder().encode(value));
}

function nested(field: number, fields: readonly Pieces[]): Pieces {
  const pieces = fields.flat();
  return [Uint8Array.from([...key(field, WIRE.bytes), ...varint(lengthOf(pieces))]), ...pieces];
}

function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
