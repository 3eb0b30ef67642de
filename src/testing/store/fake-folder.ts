import type { Folder, FolderFile, OpenFile } from '../../store/weight-sink.ts';

/** A folder as the private file system would be one, in memory: `room` bytes, and a file is open once at a time. */
export class FakeFolder implements Folder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly held = new Set<string>();
  room = Number.POSITIVE_INFINITY;

  async getFileHandle(name: string, { create = false }: { readonly create?: boolean } = {}): Promise<FolderFile> {
    if (!this.files.has(name)) {
      if (!create) throw notFound();
      this.files.set(name, new Uint8Array());
    }
    return {
      getFile: async () => new File([this.#bytes(name)], name),
      createSyncAccessHandle: async () => this.#open(name),
    };
  }

  async removeEntry(name: string): Promise<void> {
    this.#beFree(name);
    if (!this.files.delete(name)) throw notFound();
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.files.keys();
  }

  #bytes(name: string): Uint8Array<ArrayBuffer> {
    return this.files.get(name) ?? new Uint8Array();
  }

  #beFree(name: string): void {
    if (this.held.has(name)) throw Object.assign(new Error('it is held'), { name: 'NoModificationAllowedError' });
  }

  #open(name: string): OpenFile {
    this.#beFree(name);
    this.held.add(name);
    const fit = (size: number) => {
      const longer = new Uint8Array(size);
      longer.set(this.#bytes(name).subarray(0, size));
      this.files.set(name, longer);
    };
    return {
      getSize: () => this.#bytes(name).length,
      truncate: fit,
      write: (bytes, { at }) => {
        const used = [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
        const fitting = bytes.subarray(0, Math.max(0, this.room - used));
        if (at + fitting.length > this.#bytes(name).length) fit(at + fitting.length);
        this.#bytes(name).set(fitting, at);
        return fitting.length;
      },
      flush: () => {},
      close: () => this.held.delete(name),
    };
  }
}

function notFound(): Error {
  return Object.assign(new Error('no such file'), { name: 'NotFoundError' });
}
