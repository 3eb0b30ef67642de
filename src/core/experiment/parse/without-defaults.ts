import { initialGain, makeNet, type NetSpec, type ZooNet } from '../../net/net.ts';
import { isEqual } from '../comparison.ts';
import { type Experiment, nameLanes, uniqueName } from '../experiment.ts';
import { DEFAULT_RECIPE } from '../recipe.ts';

/** An experiment without the defaults that `parseExperiment` fills in, for short links. */
export function withoutDefaults({ data, recipe, lanes, surgery, until }: Experiment): object {
  const isNamed = givenNames(lanes);
  return {
    data,
    recipe: without(recipe, DEFAULT_RECIPE),
    lanes: lanes.map(({ name, net, origin, start }) => ({
      ...(isNamed(name) && { name }),
      net: shortNet(net),
      ...(origin && { origin: { ...origin, eras: origin.eras.map((era) => ({ ...era, net: shortNet(era.net) })) } }),
      ...(start && { start }),
    })),
    ...(surgery.length > 0 && { surgery }),
    until,
  };
}

/**
 * Which names a short link needs: those that `parseExperiment` would not give the nets; all of them, where it would give
 * others to the rest.
 */
function givenNames(lanes: Experiment['lanes']): (name: string) => boolean {
  const usual = nameLanes(lanes.map(({ net }) => net));
  const given = lanes.flatMap(({ name }, index) => (name === usual[index]?.name ? [] : [name]));
  const taken = [...given];
  const isSame = lanes.every(({ name, net }) => {
    if (given.includes(name)) return true;
    const made = uniqueName(net, taken);
    taken.push(made);
    return made === name;
  });
  return (name) => !isSame || given.includes(name);
}

function shortNet(net: NetSpec): object {
  if (net.design !== undefined) return shortFamilyNet(net);
  const { family, depth, width, block, option, choices } = net;
  const usual = makeNet(family, depth, { width, block, option, ...(choices && { choices }) });
  const unusual = without({ width, block, option }, makeNet(family, 8));
  const short = { family, depth, ...unusual, ...(choices && { choices }) };
  return isEqual(usual.gains, net.gains) ? short : { ...short, gains: net.gains };
}

/** Leaves out gains that have their initial values. */
function shortFamilyNet({ gains, ...net }: ZooNet): object {
  return gains.every((gain) => gain === initialGain(net.family)) ? net : { ...net, gains };
}

function without(fields: object, defaults: object): object {
  const usual = new Map<string, unknown>(Object.entries(defaults));
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => !isEqual(value, usual.get(key))));
}
