import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LabError } from '../lab/error.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What decides how a net is trained; documents and records may change meanwhile. */
const DECIDING = ['src', 'scripts', ':(glob)evidence/*.json', 'package-lock.json'];

/**
 * The commit that is checked out, followed by "-dirty" where a file that decides how a net is trained is not as it is there.
 * Throws a `LabError` where git does not say: in a copy without its history, or where git is not installed.
 */
export function presentCommit(): string {
  const isDirty = git('status', '--porcelain', '--', ...DECIDING) !== '';
  return `${git('rev-parse', 'HEAD')}${isDirty ? '-dirty' : ''}`;
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : `${error}`).split('\n').slice(-2);
    throw new LabError(`commit: a record names it, and git does not (${reason}); train in a clone of the repository`);
  }
}
