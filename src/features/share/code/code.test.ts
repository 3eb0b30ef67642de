import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Experiment, type LaneSpec, nameLanes } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeNet } from '../../../core/net/net.ts';
import { kerasCode, pytorchCode } from './code.ts';

/** The experiment that is written into a file of code. */
function writtenIn(code: string): Experiment {
  const [, json = ''] = /r'''([{].*?[}])'''/s.exec(code) ?? [];
  return JSON.parse(json);
}

/** The functions, classes and tables of a folder of Python, each as its text. */
function definitionsIn(folder: string): readonly string[] {
  const root = new URL(`${folder}/`, import.meta.url);
  const codes = readdirSync(root).map((file) => readFileSync(new URL(file, root), 'utf8').trim());
  return codes
    .flatMap((code) => code.split(/\n+(?=[\w#@])/))
    .filter((text) => /^(def|class) |^[A-Z_\d]+ = [[{](?!})/.test(text));
}

test('what the code of both libraries has in common is written once', () => {
  const [torch, keras, shared] = ['pytorch', 'keras', 'shared'].map((folder) => definitionsIn(folder));
  const all = [...new Set(torch), ...new Set(keras), ...new Set(shared)];
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((text, index) => all.indexOf(text) < index)).toEqual([]);
});

const WHOLE = makeNet('residual', 8);
const CUT = { ...WHOLE, gains: [1, 0, 1] };
const DEEPER = makeNet('residual', 14);

test('a net that was branched off begins as its source did at step 0; one that was grown, as it is now', () => {
  const [source] = nameLanes([WHOLE]);
  const branched: LaneSpec = {
    name: 'branched',
    net: CUT,
    origin: { lane: 'ResNet-8', eras: [{ net: WHOLE, until: 10 }] },
  };
  const grown: LaneSpec = {
    name: 'grown',
    net: DEEPER,
    origin: { lane: 'ResNet-8', eras: [{ net: WHOLE, until: 10 }] },
  };
  if (source === undefined) throw new Error('no net');
  const surgery = ['ResNet-8', 'branched', 'grown'].flatMap((lane) =>
    [5, 20].map((step) => ({ step, lane, block: 2, gain: 0 })),
  );
  const experiment = parseExperiment({ ...PRESETS.tiny, lanes: [source, branched, grown], surgery });
  for (const code of [pytorchCode(experiment), kerasCode(experiment)]) {
    const { lanes, surgery: written } = writtenIn(code);
    expect(lanes.map(({ net }) => net.gains)).toEqual([WHOLE.gains, WHOLE.gains, grown.net.gains]);
    expect(written.filter(({ lane }) => lane === 'branched').map(({ step }) => step)).toEqual([5, 20]);
    // Its block 2 at step 5 was another one.
    expect(written.filter(({ lane }) => lane === 'grown').map(({ step }) => step)).toEqual([20]);
  }
});

test('a branch that begins with a cut shortcut is cut at its step in the code, once it is the net that it is at last', () => {
  const eras = [{ net: WHOLE, until: 10 }];
  const branched: LaneSpec = { name: 'branched', net: CUT, origin: { lane: 'ResNet-8', eras } };
  const grown: LaneSpec = {
    name: 'grown',
    net: { ...DEEPER, gains: [0.5, 0, 1, 1, 1, 1] },
    origin: { lane: 'ResNet-8', eras: [...eras, { net: { ...DEEPER, gains: [0, 1, 1, 1, 1, 1] }, until: 30 }] },
  };
  // At the branch point surgery follows on what the branch begins with; before its growth a net had other blocks.
  const surgery = [
    { step: 5, lane: 'grown', block: 3, gain: 0 },
    { step: 10, lane: 'branched', block: 2, gain: 2 },
    { step: 20, lane: 'grown', block: 2, gain: 0 },
  ];
  const experiment = parseExperiment({ ...PRESETS.tiny, lanes: [branched, grown], surgery });
  for (const code of [pytorchCode(experiment), kerasCode(experiment)]) {
    const { lanes, surgery: written } = writtenIn(code);
    expect(lanes.map(({ net }) => net.gains)).toEqual([WHOLE.gains, [0, 1, 1, 1, 1, 1]]);
    expect(written).toEqual([
      { step: 10, lane: 'branched', block: 2, gain: 0 },
      { step: 10, lane: 'branched', block: 2, gain: 2 },
      { step: 20, lane: 'grown', block: 2, gain: 0 },
      { step: 30, lane: 'grown', block: 1, gain: 0.5 },
    ]);
  }
});
