import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Tracked and new files of a working tree, or those in some of its folders, without those that git ignores or that are deleted. */
export function listFiles(folders: readonly string[] = [], root = '.'): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard', '--deduplicate', '--', ...folders], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .sort();
}
