import { line, scaleLinear } from 'd3';
import { meansOf } from '../../../charts/series/running-mean.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { cutName } from '../../../core/quote.ts';
import { pytorchCode } from './code.ts';

/** A net's training errors as they were measured, in percent, one a step. */
export interface RecordedCurve {
  readonly lane: string;
  readonly steps: number;
  readonly errors: ArrayLike<number>;
}

type Cell =
  | { readonly cell_type: 'markdown'; readonly id: string; readonly metadata: object; readonly source: string }
  | {
      readonly cell_type: 'code';
      readonly id: string;
      readonly metadata: object;
      readonly source: string;
      readonly execution_count: null;
      readonly outputs: readonly object[];
    };

/** Where the PyTorch file is cut into cells: before the nets, and before what only a command line needs. */
const CUTS = ['\n# The nets, by their design\n', '\n\ndef main():\n'] as const;

const RUN = `DATA = None  # or a folder with train/CLASS/*.png and test/CLASS/*.png; without one, CIFAR-10
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
(train_bytes, train_labels), (test_bytes, test_labels), classes = load_images(DATA, EXPERIMENT['data']['size'])
train_images, test_images = normalised(train_bytes, test_bytes)
nets = {}
for lane in EXPERIMENT['lanes']:
    net = train(lane, train_images, train_labels, classes, EXPERIMENT['until'], device, None)
    nets[lane['name']] = net
    print(f'{lane["name"]}  test error {error_of(net, test_images, test_labels, device):.2f}%')`;

/** How a notebook is used; what the file says of its nets follows. */
const ABOUT = `The nets are trained from scratch, one after the other, on CIFAR-10, which torchvision downloads, or on your own images: set
\`DATA\` in the last cell. \`load_weights(net, path)\` loads a file of weights that the page saved.`;

/** As in the figure of the page. */
const WINDOW = 30;

/** The order is the page's: the mean of the last steps, fewer at first. */
const plotOf = (recorded: string) => `import matplotlib.pyplot as plt

# Training error after each step, in percent, as ResNet Playground measured it in the browser.
RECORDED = json.loads(r'''${recorded}''')
for name, errors in RECORDED.items():
    means = [sum(errors[max(0, step - ${WINDOW}):step]) / min(step, ${WINDOW}) for step in range(1, len(errors) + 1)]
    plt.plot(range(1, len(errors) + 1), means, label=name)
plt.xlabel('step')
plt.ylabel('training error, %')
plt.legend()
plt.show()`;

/**
 * The experiment as a Jupyter notebook (nbformat 4.5): the PyTorch file in cells, and the curves that the page recorded,
 * drawn. `address` is the link that opens the experiment in the page.
 */
export function notebookOf(experiment: Experiment, curves: readonly RecordedCurve[], address: string): string {
  const [head = '', ...rest] = cutAt(pytorchCode(experiment), CUTS);
  const [, documentation = '', imports = ''] = head.split('"""');
  const nature = documentation.trim().split('\n\n').at(-1) ?? '';
  // What follows the last cut reads the command line.
  const [nets = ''] = rest;
  const trained = curves.filter(({ steps }) => steps > 0);
  const names = experiment.lanes.map(({ name }) => cutName(name)).join(', ');
  const cells: readonly Cell[] = [
    markdown('about', `# ${plainText(names)}\n\n[Open this experiment in ResNet Playground](${address})`),
    markdown('file', `${ABOUT}\n\n${nature}`),
    code('experiment', imports.trim()),
    code('nets', nets.trim()),
    ...(trained.length === 0 ? [] : [code('recorded', plotOf(jsonOf(trained)), [pictureOf(experiment, trained)])]),
    code('train', RUN),
  ];
  const language = { name: 'python' };
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
  const metadata = { kernelspec, language_info: language };
  return `${JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }, null, 1)}\n`;
}

function cutAt(text: string, marks: readonly string[]): readonly string[] {
  const [mark, ...others] = marks;
  if (mark === undefined) return [text];
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`notebook: the PyTorch file has no ${JSON.stringify(mark)}`);
  return [text.slice(0, at), ...cutAt(text.slice(at), others)];
}

function markdown(id: string, source: string): Cell {
  return { cell_type: 'markdown', id, metadata: {}, source };
}

function code(id: string, source: string, outputs: readonly object[] = []): Cell {
  return { cell_type: 'code', id, metadata: {}, source, execution_count: null, outputs };
}

/** Text that Markdown and HTML leave as it is: names may come from links. */
function plainText(text: string): string {
  return text.replaceAll(/[<&\\`*_[\]#]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** By name, in tenths of a percent; what could end Python's raw string is written as a code that JSON knows. */
function jsonOf(curves: readonly RecordedCurve[]): string {
  const byName = curves.map(({ lane, steps, errors }) => {
    const tenths = Array.from({ length: steps }, (_, step) => Math.round((errors[step] ?? 0) * 10) / 10);
    return [lane, tenths] as const;
  });
  return JSON.stringify(Object.fromEntries(byName)).replaceAll("'", '\\u0027');
}

const SIZE = { width: 640, height: 320, left: 44, right: 120, top: 12, bottom: 32 } as const;
const COLOURS: Readonly<Record<NetSpec['family'], string>> = { plain: '#a8521f', residual: '#1961b3' };

/** The curves as a display output of a cell. */
function pictureOf({ lanes, until }: Experiment, curves: readonly RecordedCurve[]): object {
  const x = scaleLinear(
    [0, Math.max(until, ...curves.map(({ steps }) => steps))],
    [SIZE.left, SIZE.width - SIZE.right],
  );
  const y = scaleLinear([0, 100], [SIZE.height - SIZE.bottom, SIZE.top]);
  const text = (at: readonly [number, number], anchor: string, words: string) =>
    `<text x="${at[0]}" y="${at[1]}" text-anchor="${anchor}">${xml(words)}</text>`;
  const lines = curves.map(({ lane, steps, errors }) => {
    const means = Array.from(meansOf({ errors, steps }, WINDOW)).slice(0, steps);
    const family = lanes.find(({ name }) => name === lane)?.net.family ?? 'plain';
    const path = line<number>(
      (_, index) => x(index + 1),
      (mean) => y(mean),
    )(means);
    const label = text(
      [x(steps) + 6, y(means.at(-1) ?? 0) + 4],
      'start',
      `${cutName(lane)} ${(means.at(-1) ?? 0).toFixed(1)}`,
    );
    return `<g fill="${COLOURS[family]}"><path d="${path}" fill="none" stroke="${COLOURS[family]}" stroke-width="2"/>${label}</g>`;
  });
  const axes = [
    ...y.ticks(5).map((tick) => text([SIZE.left - 6, y(tick) + 4], 'end', `${tick}%`)),
    ...x.ticks(5).map((tick) => text([x(tick), SIZE.height - 12], 'middle', String(tick))),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${axes.join('')}${lines.join('')}</svg>`;
  return {
    output_type: 'display_data',
    metadata: {},
    data: { 'image/svg+xml': svg, 'text/plain': 'Training error by step' },
  };
}

function xml(text: string): string {
  return text.replaceAll(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
