import * as v from 'valibot';
import { type Folder, openInPlace, readFile } from './folder.ts';

/** What stands beside a file of weights, in JSON. */
const noteSchema = v.object({
  repository: v.string(),
  /** The strong ETag under which the server had it. */
  version: v.string(),
  total: v.nullable(v.number()),
});
export type WeightNote = v.InferOutput<typeof noteSchema>;

const NOTE = '.json';

/** The repository's name as that of a file. */
const plain = (repository: string) => repository.replaceAll('/', '--');

/** Where a repository's weights are. */
export const weightsName = (repository: string): string => `${plain(repository)}.safetensors`;
const noteName = (repository: string) => `${plain(repository)}${NOTE}`;

/** Null where there is none that could be one. */
export function readNote(folder: Folder, repository: string): Promise<WeightNote | null> {
  return readNamed(folder, noteName(repository));
}

export async function writeNote(folder: Folder, note: WeightNote): Promise<void> {
  const open = await openInPlace(await folder.getFileHandle(noteName(note.repository), { create: true }));
  try {
    open.truncate(0);
    open.write(new TextEncoder().encode(JSON.stringify(note)), { at: 0 });
    open.flush();
  } finally {
    open.close();
  }
}

export async function removeNote(folder: Folder, repository: string): Promise<void> {
  await folder.removeEntry(noteName(repository));
}

export async function allNotes(folder: Folder): Promise<readonly WeightNote[]> {
  const notes: WeightNote[] = [];
  for await (const name of folder.keys()) {
    const note = name.endsWith(NOTE) ? await readNamed(folder, name) : null;
    if (note !== null) notes.push(note);
  }
  return notes;
}

async function readNamed(folder: Folder, name: string): Promise<WeightNote | null> {
  try {
    const file = await readFile(folder, name);
    return file === null ? null : v.parse(noteSchema, JSON.parse(await file.text()));
  } catch {
    return null;
  }
}
