import { type Trait, widthsOf } from '../../core/experiment/comparison.ts';
import { type Experiment, hasEarlierImages, type LaneSpec } from '../../core/experiment/experiment.ts';
import { builtWith } from '../../core/experiment/lasting-gains.ts';
import { branchStep, phaseAt } from '../../core/experiment/lineage.ts';
import { count } from '../../core/format.ts';
import { initialGain, netName } from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import { commaJoined } from '../../language/joining.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { listOf, sayIt, sentence } from '../../language/sentence.ts';

/** Nets that are named in a list. */
const MOST_NETS = 8;

/** What a setting is called: "learning rate". */
export function traitName(trait: Trait): string {
  return say(`runs.trait.${trait}` satisfies MessageKey);
}

/** The value of a setting: "0.03", "emoji by designer". Names are a person's or a file's, so they are cut. */
export function traitText(trait: Trait, experiment: Experiment): string {
  const { data, recipe, lanes, until } = experiment;
  switch (trait) {
    case 'data':
      return dataText(data);
    case 'images':
      return hasEarlierImages(experiment) ? say('runs.earlierImages') : say('runs.presentImages');
    case 'imageSize':
      return String(data.size);
    case 'nets':
      return sayIt(listOf(lanes.map(netText), MOST_NETS)) || say('runs.nothing');
    case 'widths':
      return sayIt(listOf(widthsOf(lanes).map(String))) || say('runs.nothing');
    case 'warmUp':
      return recipe.warmUp === null ? say('runs.nothing') : say('runs.warmUpSteps', recipe.warmUp);
    case 'drops':
      return sayIt(listOf(recipe.drops.map((drop) => sentence('runs.drop', drop)))) || say('runs.nothing');
    case 'equalSteps':
      return recipe.equalSteps ? say('runs.on') : say('runs.off');
    case 'augment':
      return recipe.augment ? say('runs.on') : say('runs.off');
    case 'mean':
      return recipe.mean === 'channel' ? say('runs.eachChannel') : say('runs.eachPixel');
    case 'learningRate':
    case 'batch':
    case 'momentum':
    case 'weightDecay':
    case 'seed':
      return String(recipe[trait]);
    case 'surgery':
      return surgeryText(experiment);
    case 'until':
      return count(until);
  }
}

/** How a setting came to be another one: "learning rate 0.03 → 0.1", "ResNet-32: shortcut 3 cut at 12". */
export function changeText(trait: Trait, from: Experiment, to: Experiment): string {
  if (trait === 'surgery') return surgeryText(to);
  return say('runs.changed', { trait: traitName(trait), from: traitText(trait, from), to: traitText(trait, to) });
}

function dataText(data: Experiment['data']): string {
  if (data.source === 'own') return hashed(data.name, data.hash);
  if (data.source !== 'emoji') return 'CIFAR-10';
  return data.task === 'designer' ? say('runs.emojiByDesigner') : say('runs.emojiByGroup');
}

/** A name of a file or of images and the beginning of their hash: others may have the same name. */
function hashed(name: string, hash: string): string {
  return say('runs.hashed', { name: printable(name), hash: hash.slice(0, 6) });
}

/** "ResNet-32 (shortcuts 1–3 at 0)": the name, and what it does not say of how the net began. */
function netText(spec: LaneSpec): string {
  const { net, origin, start } = spec;
  const name = printable(spec.name);
  const usual = initialGain(net.family);
  const begun = phaseAt(spec, 0).net.gains;
  const unsaid = [
    ...(spec.name.includes(netName(net)) ? [] : [netName(net)]),
    ...[...new Set(begun)]
      .filter((gain) => gain !== usual)
      .map((gain) => {
        const blocks = begun.flatMap((each, index) => (each === gain ? [index + 1] : []));
        return say('runs.begunWith', { count: blocks.length, blocks: rangesOf(blocks), gain: String(gain) });
      }),
    ...(origin === undefined ? [] : [say('runs.branchedAt', { step: branchStep({ net, origin }) })]),
    ...(start === undefined ? [] : [hashed(start.file, start.hash)]),
  ];
  if (unsaid.length === 0) return name;
  return say('runs.netWith', { name, what: commaJoined(unsaid) });
}

/** What happened to the shortcuts, net by net: "ResNet-32: shortcut 3 cut at 12, restored at 19". */
export function surgeryText(experiment: Experiment): string {
  const names = [...new Set(experiment.surgery.map(({ lane }) => lane))];
  const lanes = names.map((name) => {
    const shortcuts = commaJoined(laneSurgery(experiment, name));
    return say('runs.lane', { lane: printable(name), shortcuts });
  });
  return lanes.length === 0 ? say('runs.untouched') : lanes.reduce((first, next) => say('runs.lanes', { first, next }));
}

/** Shortcuts to which the same happened are named together. */
function laneSurgery(experiment: Experiment, lane: string): readonly string[] {
  const spec = experiment.lanes.find(({ name }) => name === lane);
  const events = new Map<number, string>();
  for (const { block, gain, step } of experiment.surgery.filter((change) => change.lane === lane)) {
    const [before, next] = [
      events.get(block),
      eventText(gain, step, spec === undefined ? 1 : builtWith(spec, block, step)),
    ];
    events.set(block, commaJoined([before, next]));
  }
  const blocksOf = new Map<string, number[]>();
  for (const [block, text] of events) blocksOf.set(text, [...(blocksOf.get(text) ?? []), block]);
  return [...blocksOf].map(([text, blocks]) => {
    return say('runs.shortcuts', { count: blocks.length, blocks: rangesOf(blocks), events: text });
  });
}

/** A net without shortcuts is given them; one that was built with them has them cut and mended. */
function eventText(gain: number, step: number, built: number): string {
  // Only what was built with gain 1 is mended by it.
  const isGiven = gain === 1 && built !== 0 && built !== 1;
  if (isGiven || (gain !== 0 && gain !== 1)) return say('runs.strength', { gain: String(gain), step });
  if (gain === 1) return built === 0 ? say('runs.added', { step }) : say('runs.mended', { step });
  return built === 0 ? say('runs.removed', { step }) : say('runs.cut', { step });
}

/** "1–3, 5" */
function rangesOf(blocks: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const block of blocks.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && block === last[1] + 1) last[1] = block;
    else ranges.push([block, block]);
  }
  return sayIt(listOf(ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`))));
}
