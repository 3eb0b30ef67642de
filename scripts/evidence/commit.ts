import { execFileSync } from 'node:child_process';

/** What decides how a net is trained; documents and records may change meanwhile. */
const DECIDING = ['src', 'scripts', ':(glob)evidence/*.json', 'package-lock.json'];

/** The commit that is checked out, followed by "-dirty" where a file that decides how a net is trained is not as it is there. */
export function presentCommit(): string {
  const git = (...args: readonly string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const isDirty = git('status', '--porcelain', '--', ...DECIDING) !== '';
  return `${git('rev-parse', 'HEAD')}${isDirty ? '-dirty' : ''}`;
}
