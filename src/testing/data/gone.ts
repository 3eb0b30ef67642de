import type { GivenFile } from '../../core/data/given-file.ts';

/** A blob of a file that is deleted from the disk, or changed, some time after it was chosen: then nothing of it can be read. */
class LeavingBlob extends Blob {
  readonly #isGone: () => boolean;

  constructor(bytes: Uint8Array, isGone: () => boolean) {
    super([Uint8Array.from(bytes)]);
    this.#isGone = isGone;
  }

  override slice(from?: number, to?: number): Blob {
    return this.#isGone() ? this : super.slice(from, to);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#isGone() ? Promise.reject(reason()) : super.arrayBuffer();
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#isGone() ? new ReadableStream({ start: (controller) => controller.error(reason()) }) : super.stream();
  }
}

function reason(): DOMException {
  return new DOMException('it is gone', 'NotFoundError');
}

/** A user's file that is gone, or will be. */
export function gone(path: string, bytes = Uint8Array.of(1, 2, 3), isGone = () => true): GivenFile {
  return { path, blob: new LeavingBlob(bytes, isGone) };
}
