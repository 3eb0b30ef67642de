import type { BlockPart } from '../../../charts/block/block-layout.ts';
import { type Graph, inputsOf, type Node } from '../../../core/net/node.ts';
import { say } from '../../../language/say.ts';
import { listOf, sayIt } from '../../../language/sentence.ts';

/** The operations of a block as its drawing has them, read from the graph; `gain` is that of its shortcut. */
export function blockParts(graph: Graph, block: number, gain: number): readonly BlockPart[] {
  return graph.nodes
    .filter((node) => node.block === block)
    .map((node) => ({
      id: node.name,
      ...lookOf(node),
      inputs: inputsOf(node).map((from) => ({
        from,
        ...((node.op === 'add' || node.op === 'gate') && from === node.shortcut && { gain }),
      })),
    }));
}

/** The diagram's layers in words, for those who do not see it. */
export function blockPartsText(parts: readonly BlockPart[], gain: number): string {
  const labels = sayIt(listOf(parts.map(({ label }) => label)));
  const joins = parts.some(({ inputs }) => inputs.some((input) => input.gain !== undefined));
  return say('design.diagram', {
    parts: joins && gain !== 1 ? say('design.diagramShortcut', { parts: labels, gain: String(gain) }) : labels,
  });
}

function lookOf(node: Node): Pick<BlockPart, 'label' | 'type'> {
  switch (node.op) {
    case 'conv':
      return { type: 'conv', label: say('design.partConv', { kernel: `${node.kernel}×${node.kernel}` }) };
    case 'norm':
    case 'groupnorm':
      return { type: 'norm', label: say('design.partNorm') };
    case 'relu':
      return {
        type: 'relu',
        label: node.slope ? say('design.partSlope', { slope: node.slope }) : say('design.partRelu'),
      };
    case 'add':
    case 'sum':
      return { type: 'join', label: '+' };
    case 'pad':
      return { type: 'other', label: say('design.partPad') };
    case 'concat':
      return { type: 'other', label: say('design.partConcat') };
    case 'scale':
      return { type: 'other', label: say('design.partScale') };
    case 'gate':
      return { type: 'other', label: say('design.partGate') };
    case 'drop':
      return { type: 'other', label: say('design.partDrop') };
    case 'dropout':
      return { type: 'other', label: say('design.partDropout') };
    default:
      return { type: 'other', label: node.op };
  }
}
