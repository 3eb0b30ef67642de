import { expect, test } from 'vitest';
import { componentFiles, lineAt } from '../testing/component-files.ts';
import { descendants, isNode, type SyntaxNode as Node, parseModule } from '../testing/syntax-tree.ts';

/**
 * The rule: **text is the only child of its element**. A browser that translates the page replaces every text node by
 * elements of its own (facebook/react#11538). React goes on holding the node that is gone: it then writes new text
 * where it is not shown, and putting something before that node or taking it out throws. An element's only text is
 * written through the element instead, so it survives. Where text has siblings, it stands in a `<span>`.
 */
const listOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const nameOf = (value: unknown): string => (isNode(value) && typeof value.name === 'string' ? value.name : '');

/** What a module declares as something that React draws, and not as text: props of type ReactNode, and local JSX. */
interface Names {
  readonly props: ReadonlySet<string>;
  readonly locals: ReadonlySet<string>;
}

function drawnNames(program: Node): Names {
  const [props, locals] = [new Set(['children']), new Set<string>()];
  const names = { props, locals };
  for (const node of descendants(program)) {
    const { type, key, id, typeAnnotation, init } = node;
    if (type === 'TSPropertySignature' && isNode(typeAnnotation)) {
      const annotations = [...descendants(typeAnnotation)].filter((each) => each.type === 'TSTypeReference');
      if (annotations.some((each) => /^React(Node|Element)$/.test(nameOf(each.typeName)))) props.add(nameOf(key));
    }
    const isLocal =
      type === 'VariableDeclarator' && isNode(init) && (isDrawn(init, names) || returnsDrawn(init, names));
    if (isLocal) locals.add(nameOf(id));
  }
  return names;
}

/** Whether an expression gives elements or nothing, never text. */
function isDrawn(node: Node, names: Names): boolean {
  const drawn = (value: unknown) => isNode(value) && isDrawn(value, names);
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
    case 'JSXEmptyExpression':
      return true;
    case 'Literal':
      return node.value === null || typeof node.value === 'boolean';
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return drawn(node.expression);
    case 'ArrowFunctionExpression':
      return returnsDrawn(node, names);
    // What comes after every case of a switch: it never runs.
    case 'TSSatisfiesExpression':
      return isNode(node.typeAnnotation) && node.typeAnnotation.type === 'TSNeverKeyword';
    case 'ArrayExpression':
      return listOf(node.elements).every(drawn);
    case 'ConditionalExpression':
      return drawn(node.consequent) && drawn(node.alternate);
    case 'LogicalExpression':
      return drawn(node.right) && (node.operator === '&&' || drawn(node.left));
    case 'Identifier':
      return names.locals.has(nameOf(node)) || names.props.has(nameOf(node));
    case 'MemberExpression':
      return names.props.has(nameOf(node.property));
    case 'CallExpression': {
      const [callback] = listOf(node.arguments);
      const callee = isNode(node.callee) ? node.callee : node;
      if (!/^(map|flatMap)$/.test(nameOf(callee.property)))
        return names.locals.has(nameOf(callee)) || names.props.has(nameOf(callee));
      return callback !== undefined && (returnsDrawn(callback, names) || names.locals.has(nameOf(callback)));
    }
    default:
      return false;
  }
}

function returnsDrawn(node: Node, names: Names): boolean {
  const { body } = node;
  if (node.type !== 'ArrowFunctionExpression' || !isNode(body)) return false;
  if (body.type !== 'BlockStatement') return isDrawn(body, names);
  const returns = [...descendants(body)].filter(({ type }) => type === 'ReturnStatement');
  return returns.length > 0 && returns.every(({ argument }) => !isNode(argument) || isDrawn(argument, names));
}

const isBlank = (node: Node) =>
  (node.type === 'JSXText' && /^\s*$/.test(String(node.value)) && String(node.value).includes('\n')) ||
  (node.type === 'JSXExpressionContainer' && isNode(node.expression) && node.expression.type === 'JSXEmptyExpression');

/** One that may put its children beside others; `Name` takes nothing but text, and those of Radix are one element each. */
function isOwnComponent({ openingElement }: Node): boolean {
  const name = isNode(openingElement) ? nameOf(openingElement.name) : '';
  return /^[A-Z]/.test(name) && name !== 'Name';
}

/** Every text that has siblings, or is given to a fragment or a component, which may put it beside others. */
function crowdedTexts(code: string, file: string): readonly Node[] {
  const program = parseModule(code, file);
  const names = drawnNames(program);
  return [...descendants(program)].flatMap((node) => {
    if (node.type !== 'JSXElement' && node.type !== 'JSXFragment') return [];
    const children = listOf(node.children).filter((child) => !isBlank(child));
    if (children.length === 1 && node.type === 'JSXElement' && !isOwnComponent(node)) return [];
    return children.filter((child) => !isDrawn(child, names));
  });
}

test('text beside an element, a second text, in a fragment or in a list is found', () => {
  const found = (jsx: string) => crowdedTexts(`const a = ${jsx};`, 'a.tsx').length;
  expect(found('<p>{words.a}</p>')).toBe(0);
  expect(found('<p>a {words.a}</p>')).toBe(2);
  expect(found('<p><i /> <b /></p>')).toBe(1);
  expect(found('<p><i />{words.a}</p>')).toBe(1);
  expect(found('<p>{on && <i />}<span>{words.a}</span></p>')).toBe(0);
  expect(found('<p>{on ? <i /> : words.a}<b /></p>')).toBe(1);
  expect(found('<>{words.a}</>')).toBe(1);
  expect(found('<Card>{words.a}</Card>')).toBe(1);
  expect(found('<Menu.Item>{words.a}</Menu.Item>')).toBe(0);
  expect(found('<p>{xs.map((x) => <i key={x} />)}<b /></p>')).toBe(0);
  expect(found('<p>{xs.map((x) => x)}<b /></p>')).toBe(1);
});

test('text is the only child of its element, so that a translated page goes on', () => {
  const found = componentFiles().flatMap(({ file, code }) => {
    return crowdedTexts(code, file).map(({ start, end }) => {
      return `${file}:${lineAt(code, start)} ${code.slice(start, end).trim()}`;
    });
  });
  expect(found).toEqual([]);
});
