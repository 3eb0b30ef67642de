import { count, short } from '../../core/format.ts';
import type { Form, ShortcutOption } from '../../core/net/net.ts';
import type { Protocol } from '../../core/net/paper.ts';

const sides = (shape: readonly number[]) => `${shape[0]}×${shape[1]}`;

/** "3×3 conv, 64, /2", as the paper's figure 3 writes a layer. */
function layerLabel(kernel: number, channels: number, stride: number): string {
  if (kernel === 0) return `fc ${channels}`;
  return `${kernel}×${kernel} conv, ${channels}${stride === 1 ? '' : `, /${stride}`}`;
}

/** The words of the part about the nets that the paper compares on ImageNet. */
export const FAMILY = {
  title: 'The family',
  about: 'The nets that the paper compares on ImageNet, built and counted in this tab. They are not trained here.',
  race: 'Race three small ones',
  raceAbout:
    'VGG-19 (with batch normalisation, as the others have it), plain-34 and ResNet-34 at an eighth of their width, on emoji of 32 by 32 pixels',
  nets: {
    title: 'Layer by layer',
    source: 'Drawn to scale by depth after He et al. 2015, figure 3. Deeper ink: smaller maps.',
    choice: 'Nets to draw',
    zoom: 'Height of a layer',
    zoomText: (pixels: number) => `${pixels} pixels a layer`,
    identity: 'identity',
    grows: 'dimension grows',
    layersOf: (net: string) => `Layers of ${net}`,
    depth: (layers: number) => `${layers} layers`,
    label: layerLabel,
    idle: 'Point at a layer, or go through them with the arrow keys.',
    spoken: (net: string, level: number, label: string, input: readonly number[], output: readonly number[]) => {
      const from = `${sides(input)}×${input[2]}`;
      return `${net}, layer ${level}: ${label}, ${from} to ${sides(output)}×${output[2]}`;
    },
    costs: (parameters: number, multiplyAdds: number) =>
      `${count(parameters)} parameters, ${short(multiplyAdds)} multiply-adds`,
  },
  table: {
    title: 'What they cost',
    source:
      'Counted from the nets. “Paper” is table 1 of He et al. 2015 and, of VGG, figure 3: at 224 pixels and full width.',
    size: 'Image size',
    sizeText: (size: number) => `${size} pixels`,
    width: 'Width',
    widthText: (width: number) => (width === 64 ? 'Full width' : `Width ${width}`),
    form: 'Form',
    forms: { paper: 'As in the papers', pytorch: 'As in PyTorch' } satisfies Record<Form, string>,
    option: 'Shortcuts of the ResNets',
    optionText: (option: ShortcutOption) => `Option ${option}`,
    net: 'net',
    layers: 'layers',
    blocks: 'blocks a stage',
    outputs: 'maps',
    parameters: 'parameters',
    multiplyAdds: 'multiply-adds',
    paper: 'paper',
    billions: (value: number) => `${value.toFixed(1)}G`,
    scroll: 'The table of costs',
  },
  results: {
    title: 'What they achieved',
    source: (table: string) => `The paper’s own measurements (He et al. 2015, ${table}); the costs are counted here.`,
    tables: {
      'ten-crop': 'tables 2 and 3: validation images, ten crops each',
      single: 'table 4: one net, validation images, its best way of testing',
      ensemble: 'table 5: several nets together, test images',
    } satisfies Record<Protocol, string>,
    protocol: 'How it was measured',
    protocols: { 'ten-crop': 'Ten crops', single: 'Single model', ensemble: 'Ensembles' } satisfies Record<
      Protocol,
      string
    >,
    error: 'Error',
    errors: { top1: 'Top-1', top5: 'Top-5' },
    against: 'Against',
    axes: { depth: 'layers', parameters: 'parameters', multiplyAdds: 'multiply-adds' },
    axis: { depth: 'layers', parameters: 'parameters, log', multiplyAdds: 'multiply-adds, log' },
    choices: { depth: 'Depth', parameters: 'Parameters', multiplyAdds: 'Multiply-adds' },
    percent: (error: number) => `${error.toFixed(2)}%`,
    uncounted: (names: readonly string[]) =>
      `Not drawn, since this playground does not build them: ${names.join(', ')}.`,
    caption: 'The paper’s errors in percent',
    chart: (points: readonly string[]) => `The paper’s errors: ${points.join('; ')}`,
  },
  blocks: {
    title: 'Two blocks, one price',
    source: 'He et al. 2015, figure 5, on maps of 56×56 pixels; sizes and costs are counted from the nets.',
    basic: 'Basic block, of ResNet-34',
    bottleneck: 'Bottleneck, of ResNet-50',
    layer: (kernel: number, from: number, to: number) => `${kernel}×${kernel}, ${from} → ${to}`,
    tensor: (shape: readonly number[]) => `${sides(shape)}×${shape[2]}`,
    weights: (kernel: number, from: number, to: number) => `${kernel === 1 ? '' : `${kernel}²·`}${from}·${to}`,
    sum: (terms: readonly string[], total: number) => `${terms.join(' + ')} = ${count(total)} weights`,
    equal: (basic: number, bottleneck: number) =>
      `Four times as many channels go through the bottleneck, and it costs ${Math.round((100 * bottleneck) / basic)}% of the basic block: ${short(bottleneck)} beside ${short(basic)} multiply-adds.`,
    projected: (identity: number, projection: number) =>
      `A projection in place of its identity shortcut would add ${count(projection)} weights to ${count(identity)}: the two ends of the bottleneck are where its channels are many.`,
  },
  options: {
    title: 'Where the dimension grows',
    source:
      'The first block of ResNet-34’s second stage, section 4.1 and table 3 of He et al. 2015; error: ten crops, top-1, the paper’s.',
    about: {
      A: 'Every second pixel, and zeros for the new channels. Nothing to learn.',
      B: 'A 1×1 projection of stride 2 here; identity elsewhere.',
      C: 'Projections everywhere, where the shape stays too.',
    } satisfies Record<ShortcutOption, string>,
    cost: (extra: number) => (extra === 0 ? 'no parameters' : `${count(extra)} parameters more than A`),
    error: (error: number) => `${error.toFixed(2)}% in the paper`,
  },
} as const;
