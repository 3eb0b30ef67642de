import { type ConvNode, type Graph, type Node, sizeOf } from '../../../core/net/node.ts';
import { listParameters } from '../../../core/net/operation-facts.ts';
import { say } from '../../../language/say.ts';

/** What the hover card says of one block. */
export interface BlockFacts {
  /** "3×3, 8 → 16 ch, 8×8", one a convolution; RepVGG's branches share a line. */
  readonly layers: readonly string[];
  readonly parameters: number;
  readonly shortcut: string;
}

function layerText({ name, kernel, inChannels, shape: [height, width, channels] }: ConvNode): string {
  const size = { kernel: `${kernel}×${kernel}`, map: `${height}×${width}` };
  const layer =
    inChannels === channels
      ? say('race.convolution', { ...size, channels })
      : say('race.convolutionTo', { ...size, from: inChannels, channels });
  return name.endsWith('.gate.conv') ? say('race.gateLayer', { layer }) : layer;
}

/** Whether a convolution is one of RepVGG's branches. */
function isBeside({ name }: ConvNode): boolean {
  return /\.rep\d+\.conv$/.test(name);
}

/** What a block's shortcut does to what it carries. The graph of a plain net has it, too: there its gain is 0. */
function shortcutText(nodes: readonly Node[], gain: number): string {
  if (gain === 0) return say('race.noShortcut');
  const pad = nodes.find((node) => node.op === 'pad');
  const isProjected = nodes.some(({ name }) => name.endsWith('.shortcut.conv'));
  const padded = pad?.op === 'pad' && pad.stride > 1 ? say('race.padded') : say('race.paddedChannels');
  const shortcut = isProjected ? say('race.projection') : pad === undefined ? say('race.identity') : padded;
  if (nodes.some(({ op }) => op === 'gate')) return say('race.shortcutGated', { shortcut });
  return nodes.some(({ op }) => op === 'dropout') ? say('race.shortcutDropout', { shortcut }) : shortcut;
}

/** A block's layers, shapes and parameters, read from the graph, and its shortcut with this gain; blocks count from 1. */
export function blockFacts(graph: Graph, block: number, gain: number): BlockFacts {
  const nodes = graph.nodes.filter((node) => node.block === block);
  const convs = nodes.filter((node): node is ConvNode => node.op === 'conv');
  const parameters = listParameters({ nodes }).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const layers = convs.filter((conv) => !conv.name.includes('.shortcut.') && !isBeside(conv)).map(layerText);
  return {
    layers: convs.some(isBeside) ? [...layers, say('race.besideEach')] : layers,
    parameters,
    shortcut: shortcutText(nodes, gain),
  };
}
