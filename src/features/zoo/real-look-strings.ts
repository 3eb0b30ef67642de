import type { MapChoice, ShownMap } from '../../core/net/feature-maps.ts';

/** "stage1.relu2" as "Stage 1, convolution 2", "inception3a.three.relu" as "Inception 3a, three". */
function layerName(layer: string): string {
  const words = layer.split('.').flatMap((part) => {
    const [, kind = '', number = ''] = /^([a-z]+?)(\d\w*)?$/.exec(part) ?? [];
    const name = { relu: number === '' ? '' : 'convolution', conv: 'convolution' }[kind] ?? (kind || part);
    return name === '' ? [] : [[name, number].filter(Boolean).join(' ')];
  });
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const shownOf = ({ channels, of }: ShownMap) =>
  channels.length === of ? `all ${of} channels` : `${channels.length} of ${of} channels, those that vary most`;

/** The words around what is seen inside the nets that others trained. */
export const REAL_LOOK = {
  title: 'Inside the net',
  maps: 'What it makes of the image inside',
  place: 'Where to look',
  part: 'What to show of the block',
  layer: layerName,
  block: (block: number) => `Block ${block}`,
  whole: 'x + F(x) = y',
  inside: (nth: number) => `after convolution ${nth}`,
  mapNote: (output: ShownMap) => {
    const [height, width] = output.shape;
    return `${height}×${width}, ${shownOf(output)}`;
  },
  blockReading:
    'y = relu(F(x) + S(x)). Where the block keeps the shape, S(x) is x, and the branch only adds the difference; the channels shown are the same in all three. Where it changes the shape, x has channels of its own.',
  layerReading: 'Each small picture is one channel: green where it answers, nothing where it is silent.',
  mapSource: 'Purple is below 0, green above, on one scale. Batch normalisation has its running statistics.',
  channel: (channel: number) => `channel ${channel}`,
  caption: 'Lowest, mean and highest value of each channel shown',
  filters: 'the first layer’s filters: red, green, blue of each',
  branches: 'Size of the branch beside its input',
  ratio: '‖F(x)‖ / ‖x‖',
  silent: 'share of what goes on that is 0',
  branchReading: (mean: number, least: number, block: number) =>
    `The branches are on average ${mean.toFixed(2)} times as large as their inputs; that of block ${block} is the smallest, ${least.toFixed(2)} times. Where the shape changes, x has another number of values than F(x).`,
  branchSource:
    'Norms over all values of one image. He et al. 2015, section 3.2: learned residual functions have in general small responses.',
  evidence: (name: string) => `Where it sees “${name}”`,
  evidenceSpoken: (name: string, places: string, most: string, row: number, column: number) =>
    `Evidence for ${name} at ${places} places of the image; the most, ${most}, is in row ${row}, column ${column}`,
  evidenceReading: (name: string, places: string) =>
    `The last maps have ${places} places, and the class’s logit is their mean plus a bias. Green places speak for “${name}”, purple ones against it.`,
  evidenceSource: 'Class activation map: Zhou et al. 2016, equation 2. The image is shown as it was cut for the net.',
  evidenceCaption: 'What each place adds to the class’s logit, before the mean',
  row: (row: number) => `row ${row}`,
  column: (column: number) => `column ${column}`,
  measuring: 'Measuring…',
} as const;

export function choiceName(choice: MapChoice): string {
  return choice.type === 'block' ? REAL_LOOK.block(choice.block) : layerName(choice.layer);
}
