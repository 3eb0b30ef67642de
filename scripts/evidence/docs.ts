import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvidenceRecord, wholeRuns } from '../../src/core/results/evidence.ts';
import { PAPER_CARDS, type PaperCard } from '../../src/features/paper/cards.ts';
import { RESPONSE_DECIMALS } from '../../src/features/records/claims.ts';
import { findingsOf } from '../../src/features/records/findings.ts';
import { endText, recordedNets, spreadText } from '../../src/features/records/record-nets.ts';
import { recordTitle } from '../../src/features/records/records.ts';
import { say } from '../../src/language/say.ts';
import { between } from '../marked-part.ts';
import { EVIDENCE, readDefinition } from './definition.ts';
import { readRecord } from './recorded.ts';

/** The document whose part between the markers `records` is made from the records. */
const DOCUMENT = join(EVIDENCE, '../docs/evidence.md');

/** Writes what the records show into `docs/evidence.md`. */
export async function writeDocs(): Promise<void> {
  const document = await readFile(DOCUMENT, 'utf8');
  await writeFile(DOCUMENT, between(document, 'records', await recordsPart()));
}

/** `docs/evidence.md` as it is, and as the records would have it. */
export async function comparedDocs(): Promise<{ readonly written: string; readonly wanted: string }> {
  const written = await readFile(DOCUMENT, 'utf8');
  return { written, wanted: between(written, 'records', await recordsPart()) };
}

/** What the paper says beside what we found, how much is trained, and the errors of each record, as Markdown. */
async function recordsPart(): Promise<string> {
  const files = (await readdir(EVIDENCE)).filter((file) => file.endsWith('.json')).toSorted();
  const names = files.map((file) => file.replace(/\.json$/, ''));
  const records = new Map<string, EvidenceRecord>();
  for (const name of names) {
    const record = await readRecord(name);
    if (record !== null) records.set(name, record);
  }
  const shown = [...records.values()].filter((record) => record.name !== 'tiny' && wholeRuns(record).length > 0);
  return [
    table(
      ['the paper', 'ours', 'record'],
      PAPER_CARDS.flatMap((card) => (card.record === undefined ? [] : [cardRow(card, records.get(card.record))])),
    ),
    table(
      ['record', 'trained to the end, by net and seed', 'processor time of one core so far'],
      await Promise.all(names.map((name) => progressRow(name, records.get(name)))),
    ),
    ...shown.flatMap(recordPart),
  ].join('\n\n');
}

function cardRow({ title, says, record: name }: PaperCard, record: EvidenceRecord | undefined): readonly string[] {
  const found = record === undefined ? [] : findingsOf(record);
  return [`${say(title)}. ${say(says)}`, found.length === 0 ? 'not recorded yet' : found.join(' '), `\`${name}\``];
}

async function progressRow(name: string, record: EvidenceRecord | undefined): Promise<readonly string[]> {
  const { experiment, seeds } = await readDefinition(name);
  const whole = record === undefined ? 0 : wholeRuns(record).length;
  const hours = (record?.runs ?? []).reduce((sum, { source }) => sum + source.cpuSeconds, 0) / 3600;
  const time = record === undefined ? '–' : hours < 0.1 ? 'minutes' : `${hours.toFixed(1)} hours`;
  return [`\`${name}\``, `${whole} of ${experiment.lanes.length * seeds.length}`, time];
}

function recordPart(record: EvidenceRecord): readonly string[] {
  const { name, experiment, data } = record;
  const rows = recordedNets(record).map((net) => {
    const response = net.responses === null ? [] : [spreadText(net.responses.mean, RESPONSE_DECIMALS)];
    return [net.lane.name, `${net.runs.length}`, endText(net, net.trb), endText(net, net.test), ...response];
  });
  const isProbed = rows.some(({ length }) => length > 4);
  return [
    `### \`${name}\`: ${recordTitle(name)}`,
    `${say('paper.ends', { steps: experiment.until })}:`,
    table(
      [
        ...['net', 'seeds', say('paper.trainEnd'), say('paper.testEnd', { images: data.test })],
        ...(isProbed ? [say('paper.responseEnd')] : []),
      ],
      rows,
    ),
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
