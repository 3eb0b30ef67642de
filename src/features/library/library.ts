import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GivenFile } from '../../core/data/given-file.ts';
import {
  type ImageSize,
  type Picture,
  type PictureSize,
  sizeWithin,
  USUAL_PICTURE_SIZE,
} from '../../core/data/images.ts';
import type {
  DatasetEntry,
  ReadRequest,
  ReadResult,
  SetChoice,
  SplitWish,
  TableChoice,
  TableOffer,
} from '../../core/data/library.ts';
import { type DataSpec, sourceSize } from '../../core/experiment/experiment.ts';
import { printable } from '../../core/quote.ts';
import { type Phrase, sentence } from '../../language/sentence.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import { type Client, isWithdrawn } from '../../workers/rpc.ts';
import { failurePhrase, Handled, handledBy } from '../lab/handled.ts';
import type { Lab } from '../lab/lab.ts';
import { stillWanted } from '../lab/wished.ts';
import { INITIAL, type LibraryState, NO_WISH, NOTHING, type UseWish } from './library-state.ts';

/** A person's own data sets: given, looked at, kept, used, deleted. What fails is told in the state. */
export interface DatasetLibrary {
  readonly store: StoreApi<LibraryState>;
  /** It takes files as they are asked for: see `stillWanted`. */
  read(files: Promise<readonly GivenFile[]>): Handled;
  /** Reads the same files again, and makes their images another size. Cancelled, those of the size before are back. */
  resize(size: PictureSize): Handled;
  /** Makes another data set of the same files: another one of them, or its classes at another level of folders. */
  arrange(choice: SetChoice): Handled;
  cancel(): void;
  /** Asks Hugging Face for a data set, "owner/name". */
  lookUp(dataset: string): Handled;
  /** Chooses something else of what was looked up. */
  choose(choice: TableChoice): Handled;
  /** Reads what is chosen. Cancelled, it goes on where it was when it is asked for again. */
  fetch(choice: TableChoice): Handled;
  /** Ends that with what is there. */
  enough(): void;
  show(): void;
  /** Puts away what was read, and itself. */
  forget(): void;
  /** Puts away what was read, to be given other files or to choose otherwise. */
  again(): Handled;
  /** One image, made as those that the race is on; null where it is none, which is told in the state. */
  picture(file: GivenFile): Handled<Picture | null>;
  decide(wish: Partial<UseWish>): void;
  /** Decides the share of each class that is tested on, for what is read from now on. */
  testOn(share: number): void;
  /**
   * Keeps what was read and opens it, in the experiment that waited for it where there is one. Where one waits for other
   * images, it is kept and not opened.
   */
  use(name: string): Handled;
  open(entry: DatasetEntry): Handled;
  remove(hash: string): Handled;
}

/** The size that images of `made` pixels are opened at: who makes them another size than usual wants to see them so. */
export function sizeToOpen(made: PictureSize, now: number): ImageSize {
  return made === USUAL_PICTURE_SIZE ? sizeWithin(made, now) : made;
}

export function createLibrary(
  client: Client<LibraryApi>,
  lab: Pick<Lab, 'store' | 'wanted' | 'changeData' | 'provide' | 'withdraw' | 'openInstead'>,
): DatasetLibrary {
  const store = createStore<LibraryState>(() => INITIAL);
  /** Gives up files that the browser is still listing. */
  let giving = new AbortController();
  /** Ends what is being read. */
  let reading = new AbortController();
  /** Whether nothing was read, looked up or arranged since. */
  const isLast = (signal: AbortSignal) => signal === reading.signal;

  const split = (): SplitWish => ({ share: store.getState().share, seed: 1 });
  const showFailure = (failure: unknown) => store.setState({ failure: failurePhrase(failure) });
  /** What comes of it; null where it fails, which is told in the state, or was cancelled or followed by another. */
  const told = async <T>(asked: Promise<T>, signal: AbortSignal | null = null): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      if (signal === null || isLast(signal))
        store.setState({ failure: isWithdrawn(error) ? null : failurePhrase(error) });
      return null;
    }
  };
  /**
   * Reads, looks up or arranges something in place of what is being read. `then` hears what came of it, or null; not where
   * something else was begun meanwhile, whose state it would change.
   */
  const begin = async <T>(
    ask: (options: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void }) => Promise<T>,
    then: (found: T | null) => Promise<void> | void,
  ): Promise<void> => {
    reading = new AbortController();
    const { signal } = reading;
    const onProgress = (part: number) => {
      if (isLast(signal) && store.getState().reading !== null) store.setState({ reading: part });
    };
    const found = await told(ask({ signal, onProgress }), signal);
    if (isLast(signal)) await then(found);
  };
  let given: Omit<ReadRequest, 'size'> | null = null;
  const read = async (size: PictureSize) => {
    if (given === null) return;
    const request = { ...given, size };
    const isAgain = store.getState().preview !== null;
    store.setState({ ...NOTHING, reading: 0, fetching: false });
    const showFound = (found: ReadResult | null) => {
      store.setState({ reading: null });
      if (found?.type === 'images') store.setState({ preview: found.preview });
      if (found?.type === 'table') store.setState({ offer: found.offer });
    };
    await begin(
      (options) => client.call('read', request, options),
      async (found) => {
        // Their images of the size before are still there, unless they were put away meanwhile.
        if (found !== null || !isAgain || given === null) return showFound(found);
        const { choice = {} } = given;
        await begin((options) => client.call('arrange', { choice }, options), showFound);
      },
    );
  };
  const list = async () => {
    const entries = await told(client.call('list'));
    if (entries !== null) store.setState({ entries });
  };
  const open = async ({ name, hash, train, size: made = USUAL_PICTURE_SIZE }: DatasetEntry) => {
    const { missing } = lab.store.getState();
    if (missing?.data.source === 'own' && missing.data.hash === hash) return lab.openInstead(missing);
    const wanted = lab.wanted();
    const data: DataSpec = {
      source: 'own',
      name,
      hash,
      size: sizeToOpen(made, wanted.data.size),
      ...(made !== USUAL_PICTURE_SIZE && { made }),
    };
    const { batch } = wanted.recipe;
    if (train >= batch) return lab.changeData(data);
    // A small set is no reason to fail: as many images a step as there are, rounded down to a power of two.
    const recipe = { ...wanted.recipe, batch: 2 ** Math.floor(Math.log2(train)) };
    return lab.openInstead({ ...wanted, surgery: [], data, recipe });
  };
  const look = (ask: (signal: AbortSignal) => Promise<TableOffer>, before: Phrase | null = null) => {
    store.setState({ looking: true, reading: null, fetching: false, preview: null, failure: null, unkept: null });
    return begin(
      ({ signal }) => ask(signal),
      (offer) =>
        store.setState(({ failure }) => ({
          looking: false,
          failure: before ?? failure,
          ...(offer !== null && { offer }),
        })),
    );
  };
  /** `before` is what had failed, which is told with what there is to choose. */
  const choose = (choice: TableChoice, before: Phrase | null = null) =>
    look((signal) => client.call('choose', { choice }, { signal }), before);
  /** A worker that has ended has nothing in memory. */
  const putAway = () => {
    giving.abort();
    given = null;
    client.call('putAway').catch(() => {});
  };
  new Handled(list(), showFailure);

  return handledBy<DatasetLibrary>(showFailure, {
    store,
    read: async (asked) => {
      giving.abort();
      giving = new AbortController();
      const files = await stillWanted(asked, giving.signal);
      if (files === null) return;
      if (files.length === 0) return store.setState({ failure: sentence('library.noFiles') });
      putAway();
      store.setState({ preview: null });
      given = { files, split: split() };
      store.setState({ wish: NO_WISH });
      // A link says how large its images were made: others would not be those that it names.
      const { missing } = lab.store.getState();
      return read(missing === null ? USUAL_PICTURE_SIZE : sourceSize(missing.data));
    },
    resize: (size) => read(size),
    arrange: async (choice) => {
      store.setState({ failure: null });
      await begin(
        ({ signal }) => client.call('arrange', { choice }, { signal }),
        (found) => {
          if (found !== null && given !== null) given = { ...given, choice };
          const { preview, wish } = store.getState();
          // It was put away meanwhile.
          if (preview === null) return;
          if (found?.type === 'table') store.setState({ preview: null, offer: found.offer });
          if (found?.type !== 'images') return;
          // Another set has another name.
          const isSame = found.preview.name === preview.name;
          store.setState({ preview: found.preview, wish: isSame ? wish : { ...wish, name: null } });
        },
      );
    },
    cancel: () => reading.abort(),
    lookUp: (dataset) => {
      giving.abort();
      store.setState({ offer: null, wish: NO_WISH });
      return look((signal) => client.call('lookUp', { dataset }, { signal }));
    },
    choose: (choice) => choose(choice),
    fetch: async (choice) => {
      const busy = { reading: 0, fetching: true, looking: false };
      store.setState({ ...busy, preview: null, failure: null, unkept: null, wish: NO_WISH });
      await begin(
        (options) => client.call('fetch', { choice, split: split() }, options),
        async (preview) => {
          const { failure } = store.getState();
          store.setState({ reading: null, fetching: false });
          if (preview !== null) return store.setState({ preview });
          // It was put away meanwhile.
          if (store.getState().offer === null) return;
          // Some of it is there now.
          await choose(choice, failure);
        },
      );
    },
    enough: () => {
      // What fails is told by the call that reads.
      client.call('enough').catch(() => {});
    },
    show: () => {
      store.setState({ showing: true });
      // Other tabs keep and delete sets, too.
      new Handled(list(), showFailure);
    },
    forget: () => {
      putAway();
      store.setState({ ...NOTHING, showing: false, wish: NO_WISH });
    },
    again: async () => {
      const { preview, offer: before } = store.getState();
      const offer = preview === null ? null : before;
      putAway();
      store.setState({ ...NOTHING, showing: true, offer, wish: NO_WISH });
      // More of it is there now than when it was offered.
      if (offer !== null) await choose(offer.choice);
    },
    picture: (file) => {
      const { data } = lab.store.getState().experiment;
      return told(client.call('picture', { file, hash: data.source === 'own' ? data.hash : null }));
    },
    decide: (wish) => store.setState((state) => ({ wish: { ...state.wish, ...wish } })),
    testOn: (share) => store.setState({ share }),
    use: async (name) => {
      const { keeping, wish } = store.getState();
      if (keeping) return;
      const { withoutShared } = wish;
      const { signal } = reading;
      store.setState({ keeping: true });
      const kept = await told(client.call('keep', { name, ...(withoutShared && { withoutShared }) }));
      store.setState({ keeping: false });
      if (kept === null) return;
      const { entry, unkept } = kept;
      // Where it is not kept, that is read before the dialog goes. Files that were given meanwhile stay.
      if (isLast(signal)) store.setState({ ...NOTHING, showing: unkept !== null, wish: NO_WISH });
      store.setState({ unkept: unkept?.reason ?? null });
      if (unkept !== null) await lab.provide(entry.hash, unkept.bytes);
      await list();
      const { missing } = lab.store.getState();
      if (missing?.data.source !== 'own' || missing.data.hash === entry.hash) return open(entry);
      // They open in place of the experiment that waits only where that is asked for in the list of kept sets.
      store.setState({ showing: true, failure: sentence('library.otherImages', { name: printable(entry.name) }) });
    },
    open,
    remove: async (hash) => {
      const entries = await told(client.call('delete', { hash }));
      if (entries === null) return;
      store.setState({ entries });
      await lab.withdraw(hash);
    },
  });
}
