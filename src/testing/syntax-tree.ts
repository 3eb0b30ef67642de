import { parseSync } from 'vite';

/** A node of the ESTree that Vite's parser gives, for tests that check a rule of the sources. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Whether a value is a node of a syntax tree. */
export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** The node and everything below it, parents first. */
export function* descendants(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield* descendants(each);
  }
}

/** The tree of a module. */
export function parseModule(code: string, file: string): SyntaxNode {
  const program: unknown = parseSync(file, code).program;
  if (!isNode(program)) throw new Error(`${file}: not parsed`);
  return program;
}
