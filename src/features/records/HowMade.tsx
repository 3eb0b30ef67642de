import type { EvidenceRecord, NetRecord } from '../../core/results/evidence.ts';
import { commaJoined, semicolonJoined } from '../../language/joining.ts';
import { listed, say } from '../../language/say.ts';
import { sayDuration } from '../price/StepPrice.tsx';
import styles from './how-made.module.css';
import { seedsTrained } from './records.ts';

/** Digits of a commit and of a hash that tell it from others. */
const DIGITS = 12;

/** The first digits of a commit, and whether the files were otherwise. */
const shortCommit = (commit: string) => commit.replace(/^([0-9a-f]+)/, (hash) => hash.slice(0, DIGITS));

/** The command, commits, images, devices and time that made a record, and the command that checks it. */
export function HowMade({ record }: { readonly record: EvidenceRecord }) {
  const { name, experiment, data, runs } = record;
  const of = (pick: (source: NetRecord['source']) => string) => [...new Set(runs.map(({ source }) => pick(source)))];
  const sum = (pick: (source: NetRecord['source']) => number) =>
    runs.reduce((seconds, { source }) => seconds + pick(source), 0);
  const commits = [...new Set(runs.flatMap(({ source }) => source.commits))].map(shortCommit);
  const images = experiment.data.source === 'own' ? experiment.data.name : say('paper.madeEmoji');
  const hash = data.sha256.slice(0, DIGITS);
  const facts: readonly (readonly [string, string, boolean])[] = [
    [say('paper.madeCommand'), `npm run evidence -- ${name}`, true],
    [say('paper.madeVerify'), `npm run evidence -- --verify ${name}`, true],
    [say('paper.madeCommits'), commits.join(', '), true],
    [say('paper.madeData'), say('paper.madeImages', { images, size: experiment.data.size, ...data, hash }), false],
    [say('paper.madeSeeds'), listed(seedsTrained(record).map(String)), false],
    [
      say('paper.madeBackend'),
      semicolonJoined(
        of(({ backend, simd, adapter }) => commaJoined([backend, simd && say('paper.madeSimd', { simd }), adapter])),
      ),
      false,
    ],
    [say('paper.madeMachine'), of(({ machine }) => machine).join('; '), true],
    [
      say('paper.madeTime'),
      say('paper.madeSeconds', {
        cpu: sayDuration(sum(({ cpuSeconds }) => cpuSeconds)),
        passed: sayDuration(sum(({ seconds }) => seconds)),
      }),
      false,
    ],
  ];
  return (
    <details className={styles.made}>
      <summary>{say('paper.made')}</summary>
      <dl>
        {facts.map(([term, fact, isCode]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{isCode ? <code translate="no">{fact}</code> : fact}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
