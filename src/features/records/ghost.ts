import { createStore, type StoreApi } from 'zustand/vanilla';
import { differences, isSameNet, type Trait } from '../../core/experiment/comparison.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { isChosen, orderTwinsOf } from './claims.ts';
import { type RecordedNet, recordedNets } from './record-nets.ts';
import { haveSameImages } from './records.ts';

interface GhostState {
  /** The record that is drawn faint behind the live race, as long as that fits it; null for none. */
  readonly record: EvidenceRecord | null;
}

/** A recorded race behind the live one. */
export interface Ghost {
  readonly store: StoreApi<GhostState>;
  show(record: EvidenceRecord): void;
  hide(): void;
}

export function createGhost(): Ghost {
  const store = createStore<GhostState>(() => ({ record: null }));
  return {
    store,
    show: (record) => store.setState({ record }),
    hide: () => store.setState({ record: null }),
  };
}

/**
 * Whether a record's curves can be compared with a live race, step by step: the same images and recipe, but for the seed and for
 * drops of the rate that lie beyond the shorter one's end. A record of images that no other browser has is compared with any.
 */
export function fits({ experiment }: EvidenceRecord, live: Experiment): boolean {
  const end = Math.min(experiment.until, live.until);
  const until = ({ recipe, ...rest }: Experiment): Experiment => ({
    ...rest,
    recipe: { ...recipe, drops: recipe.drops.filter(({ step }) => step < end) },
  });
  const apart = differences(until(experiment), until(live));
  return !apart.some((trait) => !FREE.includes(trait) && !(isOwn(experiment) && IMAGES.includes(trait)));
}

/**
 * Where a record is drawn: behind the live race, which has its images, or has others and its recipe alone; or behind one that
 * is opened for it, with its images, or where these are not in this browser with the page's.
 */
export type GhostWay = 'fits' | 'otherImages' | 'opens' | 'emoji';

/** `hasImages`: whether the record's images are in this browser. */
export function ghostWay(record: EvidenceRecord, live: Experiment, hasImages: boolean): GhostWay {
  if (fits(record, live)) return haveSameImages(record.experiment.data, live.data) ? 'fits' : 'otherImages';
  return hasImages ? 'opens' : 'emoji';
}

/** Traits in which a record and the live race may differ. */
const FREE: readonly Trait[] = ['nets', 'widths', 'seed', 'surgery', 'until'];
/** Further ones, where the record's images are in no other browser. */
const IMAGES: readonly Trait[] = ['data', 'images'];

function isOwn({ data }: Experiment): boolean {
  return data.source === 'own';
}

/** The recorded nets that are drawn behind a race: those that it has, or where it has none of them all. */
export function ghostNets(record: EvidenceRecord, live: Experiment): readonly RecordedNet[] {
  const nets = recordedNets(record);
  const own = nets.filter(({ lane }) => live.lanes.some(({ net }) => isSameNet(net, lane.net)));
  return own.length > 0 ? own : nets;
}

/** Most nets of a race in front of a ghost: what trains within a visit. */
const IN_FRONT = 3;
/** Most steps of such a race. */
const FIRST_STEPS = 300;

/**
 * A race to train in front of a record: its recipe and images, and of its nets the deepest of each family, the twin of another
 * order that it tells of, and the shallowest plain one. Where its images are not in this browser, those of the page in the
 * same size.
 */
export function raceInFront(record: EvidenceRecord, emoji: Experiment['data'], hasImages: boolean): Experiment {
  const { experiment } = record;
  const nets = recordedNets(record);
  const [plain, residual] = (['plain', 'residual'] as const).map((family) => {
    const all = nets.filter(({ lane }) => lane.net.family === family);
    const usual = all.filter(({ lane }) => !isChosen(lane.net));
    return usual.length > 0 ? usual : all;
  });
  const twins = orderTwinsOf(record);
  const wanted = [plain?.at(-1), residual?.at(-1), twins?.usual, twins?.preActivation, plain?.[0]];
  const chosen = [...new Set(wanted.map((net) => net?.lane))].filter((each) => each !== undefined).slice(0, IN_FRONT);
  return {
    ...experiment,
    data: hasImages ? experiment.data : { ...emoji, size: experiment.data.size },
    lanes: nets.map(({ lane }) => lane).filter((lane) => chosen.includes(lane)),
    until: Math.min(FIRST_STEPS, experiment.until),
  };
}
