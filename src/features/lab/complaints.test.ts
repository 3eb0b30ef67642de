import { expect, test } from 'vitest';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { parseLesions } from '../../core/experiment/parse/parse-insight.ts';
import { parseRunFile } from '../../core/results/run-file.ts';
import { parseProbe } from '../insight/probes/probes.ts';
import { readLink } from '../share/link.ts';
import { readHidden } from '../share/sections.ts';

/** Hostile text: very long, and with a character that turns the order of what follows. */
const HOSTILE = `\u202e\u0000${'x'.repeat(10_000)}`;
const NET = { family: 'plain', depth: 8 };
const page = (query: string) => new URL(`http://page/${query}`);
const runs = (file: object | string, name = 'runs.json') =>
  parseRunFile(typeof file === 'string' ? file : JSON.stringify(file), name, 0, () => 'id');

test.each<readonly [string, () => unknown]>([
  ['preset', () => readLink(page(`?preset=${encodeURIComponent(HOSTILE)}`))],
  ['backend', () => readLink(page(`?backend=${encodeURIComponent(HOSTILE)}`))],
  ['hidden part', () => readHidden(page(`?hide=${encodeURIComponent(HOSTILE)}`))],
  ['version of a link', () => readLink(page(`#v=${encodeURIComponent(HOSTILE)}&experiment={}`))],
  ['field', () => parseExperiment({ [HOSTILE]: 1, lanes: [] })],
  ['field deep inside', () => parseExperiment({ lanes: [{ net: { ...NET, [HOSTILE]: 1 } }] })],
  ['list', () => parseExperiment({ lanes: HOSTILE })],
  ['number', () => parseExperiment({ lanes: [{ net: { ...NET, depth: HOSTILE } }] })],
  ['object for a number', () => parseExperiment({ lanes: [{ net: { ...NET, depth: { [HOSTILE]: [HOSTILE] } } }] })],
  ['design', () => parseExperiment({ lanes: [{ net: { design: HOSTILE } }] })],
  ['hash', () => parseExperiment({ data: { source: 'own', name: 'a', hash: HOSTILE }, lanes: [] })],
  ['source', () => parseExperiment({ data: { source: HOSTILE }, lanes: [] })],
  [
    'eras',
    () =>
      parseExperiment({ lanes: [{ net: NET, origin: { lane: 'a', eras: Array(5000).fill({ net: NET, until: 2 }) } }] }),
  ],
  [
    'lane of a cut',
    () => {
      const lanes = Array.from({ length: 8 }, (_, nth) => ({ name: `\u202e${'x'.repeat(50)}${nth}`, net: NET }));
      return parseExperiment({ lanes, surgery: [{ step: 1, lane: '\u202e', block: 1, gain: 0 }] });
    },
  ],
  ['probe', () => parseProbe(HOSTILE)],
  ['option of a probe', () => parseProbe('features', { [HOSTILE]: 1 })],
  ['kind of a lesion', () => parseLesions({ study: 'sweep', kind: HOSTILE })],
  ['study', () => parseLesions({ study: HOSTILE })],
  ['lesion of a study', () => parseLesions({ study: 'together', lesions: [{ kind: HOSTILE, block: 1 }] })],
  ['run file that is none', () => runs('no JSON', HOSTILE)],
  ['run file of another format', () => runs({ format: HOSTILE }, HOSTILE)],
  ['run file with a field too many', () => runs({ format: 'resnet-playground run', [HOSTILE]: HOSTILE }, HOSTILE)],
  ['experiment in a run file', () => runs({ runs: [], experiment: { [HOSTILE]: 1 } }, HOSTILE)],
])('a complaint about a hostile %s is short and shows what it quotes', (_, parse) => {
  const complaint = (() => {
    try {
      return parse();
    } catch (error) {
      return error instanceof Error && error.name === 'ExperimentError' ? error.message : error;
    }
  })();
  expect(complaint).toMatch(/^[^\p{Cc}\p{Cf}]{10,1000}$/u);
});
