import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { notebookOf } from './notebook.ts';

interface Notebook {
  readonly nbformat: number;
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly source: string;
    readonly outputs?: readonly { readonly data: Readonly<Record<string, string>> }[];
  }[];
}

const ADDRESS = 'https://example.org/#v=2&x=abc';
const [lane] = PRESETS.twins.lanes;
const HOSTILE = `'''<b>*x*</b>\n"""`;

function read(steps: number, name = 'plain-20'): Notebook {
  const experiment = { ...PRESETS.twins, lanes: lane === undefined ? [] : [{ ...lane, name }] };
  const errors = Float32Array.from({ length: steps }, (_, step) => 80 - step);
  return JSON.parse(notebookOf(experiment, [{ lane: name, steps, errors }], ADDRESS));
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a notebook has the PyTorch file in cells, and no command line', () => {
  const { nbformat, cells } = read(0);
  expect(nbformat).toBe(4);
  expect(cells.map(({ id }) => id)).toEqual(['about', 'file', 'experiment', 'nets', 'train']);
  const code = cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source);
  expect(code.join('\n')).toContain('class ');
  expect(code.join('\n')).not.toContain('__main__');
  expect(cells[0]?.source).toContain(ADDRESS);
  expect(cells[1]?.source).toContain('What a net computes is what the page computes.');
  expect(cells[1]?.source).not.toMatch(/&#|--weights|torchrun/);
});

test('what was recorded is in it, and drawn', () => {
  const recorded = read(40).cells.find(({ id }) => id === 'recorded');
  expect(recorded?.source).toContain('"plain-20":[80,79,78');
  expect(recorded?.outputs?.[0]?.data['image/svg+xml']).toMatch(/<path d="M[\d.]+,[\d.]+L/);
});

/** Calls `load_images` of a cell for CIFAR-10 at 64 pixels, without the libraries that the rest of the cell needs. */
const LOADS = `import ast, sys
cell = ast.parse(sys.stdin.read())
own = [each for each in cell.body if getattr(each, 'name', '') == 'load_images']
exec(compile(ast.Module(own, []), 'cell', 'exec'))
load_images(None, 64)`;

test.skipIf(!hasPython())('images larger than those of CIFAR-10 are asked for in a sentence', () => {
  const nets = read(0).cells.find(({ id }) => id === 'nets')?.source ?? expect.fail('no nets');
  const load = () => execFileSync('python3', ['-c', LOADS], { input: nets, stdio: 'pipe' });
  expect(load).toThrow(/^CIFAR-10 has images of 32 pixels.* DATA in a notebook$/m);
});

test.skipIf(!hasPython())('every cell is Python, also with a name that would end a string or a tag', () => {
  const { cells } = read(40, HOSTILE);
  for (const { cell_type, source } of cells) {
    if (cell_type === 'code')
      execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: source });
    else expect(source).not.toContain('<b>');
  }
  const svg = cells.flatMap(({ outputs }) => outputs ?? [])[0]?.data['image/svg+xml'];
  expect(svg).not.toContain('<b>');
});
