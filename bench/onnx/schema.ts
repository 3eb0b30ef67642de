import { Root } from 'protobufjs/light.js';

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id });

/** The messages of onnx.proto (onnx.ai, version 8 of its format) as far as a net that is run has them. */
const MESSAGES = {
  AttributeProto: {
    fields: {
      name: one('string', 1),
      f: one('float', 2),
      i: one('int64', 3),
      ints: many('int64', 8),
      type: one('int32', 20),
    },
  },
  NodeProto: {
    fields: {
      input: many('string', 1),
      output: many('string', 2),
      name: one('string', 3),
      opType: one('string', 4),
      attribute: many('AttributeProto', 5),
    },
  },
  TensorProto: {
    fields: {
      dims: many('int64', 1),
      dataType: one('int32', 2),
      name: one('string', 8),
      rawData: one('bytes', 9),
    },
  },
  Dimension: { fields: { dimValue: one('int64', 1) } },
  TensorShapeProto: { fields: { dim: many('Dimension', 1) } },
  TensorType: { fields: { elemType: one('int32', 1), shape: one('TensorShapeProto', 2) } },
  TypeProto: { fields: { tensorType: one('TensorType', 1) } },
  ValueInfoProto: { fields: { name: one('string', 1), type: one('TypeProto', 2) } },
  GraphProto: {
    fields: {
      node: many('NodeProto', 1),
      name: one('string', 2),
      initializer: many('TensorProto', 5),
      input: many('ValueInfoProto', 11),
      output: many('ValueInfoProto', 12),
    },
  },
  OperatorSetIdProto: { fields: { domain: one('string', 1), version: one('int64', 2) } },
  ModelProto: {
    fields: {
      irVersion: one('int64', 1),
      producerName: one('string', 2),
      graph: one('GraphProto', 7),
      opsetImport: many('OperatorSetIdProto', 8),
    },
  },
};

/** An ONNX model. */
export const MODEL = Root.fromJSON({ nested: MESSAGES }).lookupType('ModelProto');

export const FLOAT = 1;
/** Kinds of attributes. */
export const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;
