import type { GivenFile } from '../../core/data/given-file.ts';

/** What was chosen by a button; a chosen folder tells each file's place in it. */
export function chosenFiles(list: FileList | null): readonly GivenFile[] {
  return [...(list ?? [])].map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob }));
}

/** What was dropped, folders opened. To be called in the event itself: afterwards it is forgotten. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return Promise.resolve(chosenFiles(transfer.files));
  return Promise.all(entries.map((entry) => filesOf(entry, ''))).then((all) => all.flat());
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<readonly GivenFile[]> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (isFile(entry)) {
    const blob = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path, blob }];
  }
  if (!isFolder(entry)) return [];
  const files: GivenFile[] = [];
  const reader = entry.createReader();
  // It gives a hundred at a time, and none when it has given all.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const each of some) {
      // One by one: a folder may hold more files than a call takes arguments.
      for (const file of await filesOf(each, path)) files.push(file);
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
