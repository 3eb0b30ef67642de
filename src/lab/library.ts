import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DataSpec, madeSize } from '../spec/experiment.ts';
import { type ImageSize, type PictureSize, sizeWithin, USUAL_PICTURE_SIZE } from '../spec/image-sizes.ts';
import type { DatasetEntry, SetChoice, Survey, TableChoice, TableOffer } from '../spec/library.ts';
import type { Picture } from '../spec/report.ts';
import type { LibraryClient } from '../worker/library-client.ts';
import type { LibraryAnswer, LibraryCommand, PersonsFile, SplitWish } from '../worker/library-protocol.ts';
import type { Lab } from './lab.ts';

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
  /** What of a table can be read; null where none is looked up. */
  readonly offer: TableOffer | null;
  /** What is in them, to be looked at before it is used. */
  readonly survey: Survey | null;
  /** Why the last files could not be read. */
  readonly failure: string | null;
  /** Why the last set lasts only until the tab is closed. */
  readonly unkept: string | null;
}

/** A person's own data sets: given, looked at, kept, used, deleted. What fails is told in the state. */
export interface Library {
  readonly store: StoreApi<LibraryState>;
  read(files: readonly PersonsFile[], split: SplitWish): Promise<void>;
  /** Reads the same files again, and makes their images another size. */
  resize(size: PictureSize): Promise<void>;
  /** Makes another data set of the same files: another one of them, or its classes at another level of folders. */
  arrange(choice: SetChoice): Promise<void>;
  cancel(): void;
  /** Asks Hugging Face for a data set, "owner/name". */
  lookUp(dataset: string): Promise<void>;
  /** Chooses something else of what was looked up. */
  choose(choice: TableChoice): Promise<void>;
  /** Reads what is chosen. Cancelled, it goes on where it was when it is asked for again. */
  fetch(choice: TableChoice, split: SplitWish): Promise<void>;
  /** Ends that with what is there. */
  enough(): void;
  show(): void;
  /** Puts away what was read, and itself. */
  forget(): void;
  /** Puts away what was read, to be given other files or to choose otherwise. */
  again(): void;
  /** One image, as large as those of a data set can be; null where it is none, which is told in the state. */
  picture(file: PersonsFile): Promise<Picture | null>;
  /** Keeps what was read and opens it, in the experiment that waited for it where there is one. */
  use(name: string, withoutShared?: boolean): Promise<void>;
  open(entry: DatasetEntry): Promise<void>;
  remove(hash: string): Promise<void>;
}

const NOTHING = { looking: false, offer: null, survey: null, failure: null, unkept: null };
const INITIAL: LibraryState = { ...NOTHING, entries: [], showing: false, reading: null, fetching: false };

/** The size that images of `made` pixels are opened at: who makes them another size than usual wants to see them so. */
export function sizeToOpen(made: PictureSize, now: number): ImageSize {
  return made === USUAL_PICTURE_SIZE ? sizeWithin(made, now) : made;
}

export function createLibrary(
  client: LibraryClient,
  lab: Pick<Lab, 'store' | 'changeData' | 'lend' | 'open'>,
): Library {
  const store = createStore<LibraryState>(() => INITIAL);
  client.onProgress((reading) => {
    if (store.getState().reading !== null) store.setState({ reading });
  });

  const ask = async (command: LibraryCommand): Promise<LibraryAnswer | null> => {
    try {
      return await client.ask(command);
    } catch (error) {
      const isCancelled = error instanceof Error && error.name === 'Cancelled';
      store.setState({ failure: isCancelled ? null : error instanceof Error ? error.message : String(error) });
      return null;
    }
  };
  let given: {
    readonly files: readonly PersonsFile[];
    readonly split: SplitWish;
    readonly choice?: SetChoice;
  } | null = null;
  const read = async (size: PictureSize) => {
    if (given === null) return;
    store.setState({ ...NOTHING, reading: 0 });
    const answer = await ask({ ask: 'read', ...given, size });
    store.setState({ reading: null });
    if (answer?.of === 'read') store.setState({ survey: answer.survey });
    if (answer?.of === 'offer') store.setState({ offer: answer.offer });
  };
  const list = async () => {
    const answer = await ask({ ask: 'list' });
    if (answer?.of === 'list') store.setState({ entries: answer.entries });
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
  const look = async (command: LibraryCommand) => {
    store.setState({ looking: true, survey: null, failure: null, unkept: null });
    const answer = await ask(command);
    store.setState({ looking: false });
    if (answer?.of === 'offer') store.setState({ offer: answer.offer });
  };
  // What fails is told in the state.
  list().catch(() => {});

  return {
    store,
    read: (files, split) => {
      given = { files, split };
      // A link says how large its images were made: others would not be those that it names.
      const { missing } = lab.store.getState();
      return read(missing === null ? USUAL_PICTURE_SIZE : madeSize(missing.data));
    },
    resize: (size) => read(size),
    arrange: async (choice) => {
      store.setState({ failure: null });
      const answer = await ask({ ask: 'arrange', choice });
      if (answer !== null && given !== null) given = { ...given, choice };
      // It was put away meanwhile.
      if (store.getState().survey === null) return;
      if (answer?.of === 'read') store.setState({ survey: answer.survey });
      if (answer?.of === 'offer') store.setState({ survey: null, offer: answer.offer });
    },
    cancel: () => client.cancel(),
    lookUp: (dataset) => {
      store.setState({ offer: null });
      return look({ ask: 'lookUp', dataset });
    },
    choose: (choice) => look({ ask: 'choose', choice }),
    fetch: async (choice, split) => {
      store.setState({ reading: 0, fetching: true, survey: null, failure: null, unkept: null });
      const answer = await ask({ ask: 'fetch', choice, split });
      const { failure } = store.getState();
      store.setState({ reading: null, fetching: false });
      if (answer?.of === 'read') return store.setState({ survey: answer.survey });
      // It was put away meanwhile.
      if (store.getState().offer === null) return;
      // Some of it is there now.
      await look({ ask: 'choose', choice });
      store.setState((state) => ({ failure: failure ?? state.failure }));
    },
    enough: () => client.enough(),
    show: () => store.setState({ showing: true }),
    forget: () => store.setState({ ...NOTHING, showing: false }),
    again: () =>
      store.setState(({ survey, offer }) => ({ ...NOTHING, showing: true, offer: survey === null ? null : offer })),
    picture: async (file) => {
      const answer = await ask({ ask: 'image', file });
      return answer?.of === 'image' ? answer.picture : null;
    },
    use: async (name, withoutShared = false) => {
      const answer = await ask({ ask: 'keep', name, ...(withoutShared && { withoutShared }) });
      if (answer?.of !== 'keep') return;
      const { entry, unkept } = answer;
      // Where it is not kept, that is read before the dialog goes.
      store.setState({ ...NOTHING, showing: unkept !== null, unkept: unkept?.reason ?? null });
      if (unkept !== null) await lab.lend(entry.hash, unkept.bytes);
      await list();
      await open(entry);
    },
    open,
    remove: async (hash) => {
      const answer = await ask({ ask: 'delete', hash });
      if (answer?.of === 'delete') store.setState({ entries: answer.entries });
    },
  };
}
