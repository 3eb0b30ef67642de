import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendChoice } from '../spec/device.ts';
import { IMAGENET } from '../spec/family.ts';
import { buildGraph } from '../spec/graph.ts';
import { firstChoice, type MapChoice } from '../spec/net-look.ts';
import { type BlockDamage, PRETRAINED, pretrainedOf } from '../spec/pretrained.ts';
import type { LibraryClient } from '../worker/library-client.ts';
import type { LibraryCommand } from '../worker/library-protocol.ts';
import type { PretrainedClient, PretrainedHearer } from '../worker/pretrained-client.ts';
import type { PretrainedAnswer, PretrainedCommand } from '../worker/pretrained-protocol.ts';
import { createLook } from './pretrained-look.ts';
import type { NamedBlob, PretrainedState } from './pretrained-state.ts';

/** The net that others trained: loaded, asked, damaged, released. What fails is told in the state. */
export interface Pretrained {
  readonly store: StoreApi<PretrainedState>;
  /** Which net is to be loaded. One that is loaded is released. */
  choose(net: string): void;
  load(file: NamedBlob): Promise<void>;
  /** Loads it with the weights that Hugging Face has of it, unless the browser keeps them. */
  fetch(): Promise<void>;
  /** Deletes what the browser keeps of a repository. */
  forget(repository: string): Promise<void>;
  /** Also before there is a net: it is asked as soon as it is loaded. */
  show(image: NamedBlob): Promise<void>;
  /** Asks about one image after the other, each as soon as the last is answered, until there is none or the net fails. */
  follow(next: () => Promise<NamedBlob | null>): Promise<void>;
  damage(kind: BlockDamage): Promise<void>;
  stop(): Promise<void>;
  /** Which place in the net is looked at. */
  lookAt(choice: MapChoice): void;
  /** Measures what the net makes of the image there, unless that is known. */
  maps(): Promise<void>;
  /** Measures what its blocks do to the image, unless that is known. */
  probe(): Promise<void>;
  /** Gives back all memory that the net takes. */
  release(): void;
}

const NOTHING = {
  ...{ loading: null, loaded: null, unkept: null, recovered: false, failure: null },
  ...{ classification: null, classifying: false, live: false, damage: null, filters: null, maps: null, probe: null },
} as const;

/** The failures that are somebody's wish. */
const WISHED = ['Released', 'Stopped'];

/** Behind these nothing of the net is left that could be asked. */
const FATAL = ['WorkerError', 'DeviceLostError', 'DeviceError'];

export function createPretrained(
  start: (hearer: PretrainedHearer) => PretrainedClient,
  backend: () => BackendChoice,
  keeper: Pick<LibraryClient, 'ask'>,
): Pretrained {
  const store = createStore<PretrainedState>(() => ({
    ...NOTHING,
    ...{ net: PRETRAINED[0].name, choice: beginning(PRETRAINED[0].name), kept: [], image: null },
  }));
  const { getState, setState } = store;
  const client = start({
    onLoading: (loading) => {
      if (getState().loading !== null) setState({ loading });
    },
    onDamaged: (part) => {
      const { damage } = getState();
      if (damage?.running === true) setState({ damage: { ...damage, parts: [...damage.parts, part] } });
    },
  });

  const askKeeper = async (command: LibraryCommand) => {
    try {
      const answer = await keeper.ask(command);
      if (answer.of === 'weights') setState({ kept: answer.weights });
    } catch (error) {
      setState({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
  /** What the net was loaded from. */
  let source: { readonly name: string; readonly file: Blob | null } | null = null;
  let recovering = false;
  const release = () => {
    client.release();
    setState(NOTHING);
  };
  const ask = async (command: PretrainedCommand): Promise<PretrainedAnswer | null> => {
    try {
      return await client.ask(command);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
      if (name === 'DeviceLostError' && command.ask !== 'load' && source !== null && !recovering) {
        await recover(source);
        return null;
      }
      if (FATAL.includes(name)) release();
      if (!WISHED.includes(name)) setState({ failure: message });
      return null;
    }
  };
  const classify = async () => {
    const { image, loaded, live } = getState();
    if (image === null || loaded === null) return;
    // What was said last stands while it is said anew.
    const classification = live ? getState().classification : null;
    setState({ classification, classifying: true, damage: null, failure: null, maps: null, probe: null });
    const answer = await ask({ ask: 'classify', image: image.blob, name: image.name });
    // Another image may have been shown meanwhile, or the net loaded again, and that answer is on its way or there.
    if (getState().image !== image || getState().loaded !== loaded) return;
    setState({ classifying: false, classification: answer?.of === 'classify' ? answer.classification : null });
  };
  const load = async (name: string, file: Blob | null) => {
    const { net } = getState();
    source = { name, file };
    setState({ ...NOTHING, loading: { stage: file === null ? 'fetching' : 'reading', fraction: 0 } });
    const answer = await ask({ ask: 'load', net, file, name, backend: backend() });
    if (file === null) await askKeeper({ ask: 'weights' });
    if (answer?.of !== 'load') return setState({ loading: null });
    setState({
      loading: null,
      loaded: { file: name, device: answer.device, classes: answer.classes, names: answer.names },
      unkept: answer.unkept,
      filters: answer.filters,
    });
    await classify();
  };
  /** Loads it on another device. One that is lost then as well is left. */
  const recover = async ({ name, file }: NonNullable<typeof source>) => {
    recovering = true;
    release();
    await load(name, file);
    recovering = false;
    if (getState().loaded !== null) setState({ recovered: true });
  };
  // What fails is told in the state.
  askKeeper({ ask: 'weights' }).catch(() => {});
  return {
    store,
    ...createLook(store, ask),
    choose: (net) => {
      release();
      setState({ net, choice: beginning(net) });
    },
    load: ({ name, blob }) => load(name, blob),
    fetch: () => load(pretrainedOf(getState().net).repository ?? '', null),
    forget: (repository) => askKeeper({ ask: 'deleteWeights', repository }),
    show: (image) => {
      setState({ image, recovered: false });
      return classify();
    },
    follow: async (next) => {
      try {
        for (let image = await next(); image !== null; image = await next()) {
          setState({ image, live: true });
          await classify();
          const { loaded, failure } = getState();
          if (loaded === null || failure !== null) return;
        }
      } finally {
        setState({ live: false });
      }
    },
    damage: async (kind) => {
      setState({ damage: { kind, parts: [], running: true }, failure: null });
      await ask({ ask: 'damage', kind });
      const { damage } = getState();
      if (damage?.kind === kind) setState({ damage: { ...damage, running: false } });
    },
    stop: async () => {
      await ask({ ask: 'stop' });
    },
    release,
  };
}

function beginning(net: string): MapChoice {
  return firstChoice(buildGraph(pretrainedOf(net).net, IMAGENET.size, IMAGENET.classes));
}
