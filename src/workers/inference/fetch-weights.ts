import { weightsAddress } from '../../core/data/pretrained.ts';
import { download } from '../../data/sources/download.ts';
import type { Phrase } from '../../language/sentence.ts';
import { StorageError } from '../../store/database.ts';
import type { WeightStore } from '../../store/weights.ts';
import { SpillingSink } from './spilling-sink.ts';

export interface FetchedWeights {
  /** The file, backed by the disk where it is kept there: a part is read when it is asked for. */
  readonly blob: Blob;
  /** Why the browser does not keep it; null where it does. */
  readonly unkept: Phrase | null;
}

export interface FetchOptions {
  readonly files: WeightStore;
  readonly onProgress: (fraction: number) => void;
  /** Milliseconds before another try. */
  readonly pause?: number;
  /** Ends the download where it is aborted; what has come is kept for the next try. */
  readonly signal?: AbortSignal;
}

/**
 * The weights of a repository: what the browser keeps of them, and from Hugging Face what is missing, which is written
 * to the disk while it arrives. Rejects with a `DownloadError`, or with the reason of the signal.
 */
export async function fetchWeights(repository: string, { files, ...options }: FetchOptions): Promise<FetchedWeights> {
  const whole = await files.whole(repository);
  if (whole !== null) return { blob: whole, unkept: null };
  const opened = await files.open(repository).catch((error: unknown) => {
    if (error instanceof StorageError) return error;
    throw error;
  });
  const sink = new SpillingSink(opened);
  try {
    const blob = await download(weightsAddress(repository), repository, { ...options, sink });
    return { blob, unkept: sink.unkept?.sentence ?? null };
  } finally {
    sink.close();
  }
}
