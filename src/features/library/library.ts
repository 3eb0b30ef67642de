import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type ImageSize,
  type Picture,
  type PictureSize,
  sizeWithin,
  USUAL_PICTURE_SIZE,
} from '../../core/data/images.ts';
import type {
  DatasetEntry,
  ImportPreview,
  PersonsFile,
  ReadRequest,
  SetChoice,
  SplitWish,
  TableChoice,
  TableOffer,
} from '../../core/data/library.ts';
import { type DataSpec, sourceSize } from '../../core/experiment/experiment.ts';
import type { Phrase } from '../../language/sentence.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import type { Client } from '../../workers/rpc.ts';
import { failurePhrase, Handled, handledBy } from '../race/handled.ts';
import type { Lab } from '../race/lab.ts';

export interface LibraryState {
  /** A person's own data sets, by name. */
  readonly entries: readonly DatasetEntry[];
  /** Whether it is asked to be seen. */
  readonly showing: boolean;
  /** How much of the files that were given is read, 0 to 1; null while none are. */
  readonly reading: number | null;
  /** Whether what is being read is a table, of which a part is enough. */
  readonly fetching: boolean;
  /** Whether it is being found out what a table has. */
  readonly looking: boolean;
  /** The splits and columns of the table that is looked up; null where none is. */
  readonly offer: TableOffer | null;
  /** What is in them, to be looked at before it is used. */
  readonly survey: ImportPreview | null;
  /** Why the last files could not be read. */
  readonly failure: Phrase | null;
  /** Why the last set lasts only until the tab is closed. */
  readonly unkept: Phrase | null;
}

/** A person's own data sets: given, looked at, kept, used, deleted. What fails is told in the state. */
export interface DatasetLibrary {
  readonly store: StoreApi<LibraryState>;
  read(files: readonly PersonsFile[], split: SplitWish): Handled;
  /** Reads the same files again, and makes their images another size. */
  resize(size: PictureSize): Handled;
  /** Makes another data set of the same files: another one of them, or its classes at another level of folders. */
  arrange(choice: SetChoice): Handled;
  cancel(): void;
  /** Asks Hugging Face for a data set, "owner/name". */
  lookUp(dataset: string): Handled;
  /** Chooses something else of what was looked up. */
  choose(choice: TableChoice): Handled;
  /** Reads what is chosen. Cancelled, it goes on where it was when it is asked for again. */
  fetch(choice: TableChoice, split: SplitWish): Handled;
  /** Ends that with what is there. */
  enough(): void;
  show(): void;
  /** Puts away what was read, and itself. */
  forget(): void;
  /** Puts away what was read, to be given other files or to choose otherwise. */
  again(): void;
  /** One image, as large as those of a data set can be; null where it is none, which is told in the state. */
  picture(file: PersonsFile): Handled<Picture | null>;
  /** Keeps what was read and opens it, in the experiment that waited for it where there is one. */
  use(name: string, withoutShared?: boolean): Handled;
  open(entry: DatasetEntry): Handled;
  remove(hash: string): Handled;
}

const NOTHING = { looking: false, offer: null, survey: null, failure: null, unkept: null };
const INITIAL: LibraryState = { ...NOTHING, entries: [], showing: false, reading: null, fetching: false };

/** The size that images of `made` pixels are opened at: who makes them another size than usual wants to see them so. */
export function sizeToOpen(made: PictureSize, now: number): ImageSize {
  return made === USUAL_PICTURE_SIZE ? sizeWithin(made, now) : made;
}

export function createLibrary(
  client: Client<LibraryApi>,
  lab: Pick<Lab, 'store' | 'changeData' | 'provide' | 'open'>,
): DatasetLibrary {
  const store = createStore<LibraryState>(() => INITIAL);
  const onProgress = (reading: number) => {
    if (store.getState().reading !== null) store.setState({ reading });
  };
  /** Ends what is being read. */
  let reading = new AbortController();
  const newSignal = (): AbortSignal => {
    reading = new AbortController();
    return reading.signal;
  };

  const showFailure = (failure: unknown) => store.setState({ failure: failurePhrase(failure) });
  /** What comes of it; null where it fails, which is told in the state, or was cancelled. */
  const told = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      const isCancelled = error instanceof Error && error.name === 'Withdrawn';
      store.setState({ failure: isCancelled ? null : failurePhrase(error) });
      return null;
    }
  };
  let given: Omit<ReadRequest, 'size'> | null = null;
  const read = async (size: PictureSize) => {
    if (given === null) return;
    store.setState({ ...NOTHING, reading: 0 });
    const found = await told(client.call('read', { ...given, size }, { signal: newSignal(), onProgress }));
    store.setState({ reading: null });
    if (found?.type === 'images') store.setState({ survey: found.survey });
    if (found?.type === 'table') store.setState({ offer: found.offer });
  };
  const list = async () => {
    const entries = await told(client.call('list'));
    if (entries !== null) store.setState({ entries });
  };
  const open = async ({ name, hash, train, size: made = USUAL_PICTURE_SIZE }: DatasetEntry) => {
    const { missing, experiment } = lab.store.getState();
    if (missing?.data.source === 'own' && missing.data.hash === hash) return lab.open(missing);
    const data: DataSpec = {
      source: 'own',
      name,
      hash,
      size: sizeToOpen(made, experiment.data.size),
      ...(made !== USUAL_PICTURE_SIZE && { made }),
    };
    const { batch } = experiment.recipe;
    if (train >= batch) return lab.changeData(data);
    // A small set is no reason to fail: as many images a step as there are, rounded down to a power of two.
    const recipe = { ...experiment.recipe, batch: 2 ** Math.floor(Math.log2(train)) };
    return lab.open({ ...experiment, surgery: [], data, recipe });
  };
  const look = async (ask: (signal: AbortSignal) => Promise<TableOffer>) => {
    store.setState({ looking: true, survey: null, failure: null, unkept: null });
    const offer = await told(ask(newSignal()));
    store.setState({ looking: false });
    if (offer !== null) store.setState({ offer });
  };
  const choose = (choice: TableChoice) => look((signal) => client.call('choose', { choice }, { signal }));
  new Handled(list(), showFailure);

  return handledBy<DatasetLibrary>(showFailure, {
    store,
    read: (files, split) => {
      given = { files, split };
      // A link says how large its images were made: others would not be those that it names.
      const { missing } = lab.store.getState();
      return read(missing === null ? USUAL_PICTURE_SIZE : sourceSize(missing.data));
    },
    resize: (size) => read(size),
    arrange: async (choice) => {
      store.setState({ failure: null });
      const found = await told(client.call('arrange', { choice }, { signal: newSignal() }));
      if (found !== null && given !== null) given = { ...given, choice };
      // It was put away meanwhile.
      if (store.getState().survey === null) return;
      if (found?.type === 'images') store.setState({ survey: found.survey });
      if (found?.type === 'table') store.setState({ survey: null, offer: found.offer });
    },
    cancel: () => reading.abort(),
    lookUp: (dataset) => {
      store.setState({ offer: null });
      return look((signal) => client.call('lookUp', { dataset }, { signal }));
    },
    choose,
    fetch: async (choice, split) => {
      store.setState({ reading: 0, fetching: true, survey: null, failure: null, unkept: null });
      const survey = await told(client.call('fetch', { choice, split }, { signal: newSignal(), onProgress }));
      const { failure } = store.getState();
      store.setState({ reading: null, fetching: false });
      if (survey !== null) return store.setState({ survey });
      // It was put away meanwhile.
      if (store.getState().offer === null) return;
      // Some of it is there now.
      await choose(choice);
      store.setState((state) => ({ failure: failure ?? state.failure }));
    },
    enough: () => {
      // What fails is told by the call that reads.
      client.call('enough').catch(() => {});
    },
    show: () => store.setState({ showing: true }),
    forget: () => store.setState({ ...NOTHING, showing: false }),
    again: () =>
      store.setState(({ survey, offer }) => ({ ...NOTHING, showing: true, offer: survey === null ? null : offer })),
    picture: (file) => told(client.call('picture', { file })),
    use: async (name, withoutShared = false) => {
      const kept = await told(client.call('keep', { name, ...(withoutShared && { withoutShared }) }));
      if (kept === null) return;
      const { entry, unkept } = kept;
      // Where it is not kept, that is read before the dialog goes.
      store.setState({ ...NOTHING, showing: unkept !== null, unkept: unkept?.reason ?? null });
      if (unkept !== null) await lab.provide(entry.hash, unkept.bytes);
      await list();
      await open(entry);
    },
    open,
    remove: async (hash) => {
      const entries = await told(client.call('delete', { hash }));
      if (entries !== null) store.setState({ entries });
    },
  });
}
