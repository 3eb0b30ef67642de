/** A lane's place: its cost in multiply-adds per step, and the index of the shard that trains it. */
export interface PlacedLane {
  readonly name: string;
  readonly cost: number;
  readonly shard: number;
}

/** Share of the longest shard's time that a new placement must save, so that lanes do not move for nothing. */
const LEAST_SAVING = 0.05;

/**
 * Shards for lanes by name, such that the longest shard is short: lanes in order of falling cost go to the shard with the
 * least work (Graham 1969: at most 4/3 of the optimum). Lanes keep their shards if that is about as good.
 */
export function placeLanes(lanes: readonly PlacedLane[], shards: number): ReadonlyMap<string, number> {
  const present = new Map(lanes.map(({ name, shard }) => [name, shard]));
  const groups = Array.from({ length: shards }, (): PlacedLane[] => []);
  const work = new Array<number>(shards).fill(0);
  for (const lane of lanes.toSorted((a, b) => b.cost - a.cost)) {
    const least = work.indexOf(Math.min(...work));
    groups[least]?.push(lane);
    work[least] = (work[least] ?? 0) + lane.cost;
  }
  if (Math.max(...work) > (1 - LEAST_SAVING) * longest(lanes)) return present;
  return new Map(indexed(groups).flatMap(([shard, group]) => group.map(({ name }) => [name, shard] as const)));
}

/** The longest shard's work as lanes are placed now. */
export function longest(lanes: readonly PlacedLane[]): number {
  const work = new Map<number, number>();
  for (const { shard, cost } of lanes) work.set(shard, (work.get(shard) ?? 0) + cost);
  return Math.max(0, ...work.values());
}

/** Numbers groups of lanes by the shards that train most of their work already. */
function indexed(groups: readonly (readonly PlacedLane[])[]): readonly (readonly [number, readonly PlacedLane[]])[] {
  const free = new Set(groups.keys());
  const settled = (group: readonly PlacedLane[], shard: number) =>
    group.reduce((sum, lane) => sum + (lane.shard === shard ? lane.cost : 0), 0);
  return groups.map((group) => {
    const [first = 0, ...others] = free;
    const shard = others.reduce((best, each) => (settled(group, each) > settled(group, best) ? each : best), first);
    free.delete(shard);
    return [shard, group] as const;
  });
}
