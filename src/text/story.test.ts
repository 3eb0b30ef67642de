import { describe, expect, test } from 'vitest';
import { type StoryLane, type StoryPart, story, storyFootnote } from './story.ts';

/** A net with its mean errors, newest last. */
function lane(family: StoryLane['family'], depth: number, ...errors: readonly number[]): StoryLane {
  return { name: `${family === 'plain' ? 'plain' : 'ResNet'}-${depth}`, family, depth, errors };
}

function said(parts: readonly StoryPart[]): string {
  return parts.map(({ text }) => text).join('');
}

const tell = (step: number, ...lanes: readonly StoryLane[]) => said(story(step, lanes));

const shallow = lane('plain', 8, 60, 60, 58);
const deep = lane('plain', 32, 70, 70, 70);
const twin = lane('residual', 32, 61, 61, 60);

describe('the story', () => {
  test('before the first step says what to do', () => {
    expect(tell(0, shallow, deep)).toBe('Press Train. All nets see the same images in the same order.');
  });

  test.each([[[]], [[deep]]])('of fewer than two nets compares nothing', (lanes) => {
    expect(tell(100, ...lanes)).toBe('One net races alone. Add another to compare it with.');
  });

  test('is degradation and its cure where both gaps held', () => {
    expect(tell(100, shallow, deep, twin)).toBe(
      'After 100 steps, 24 more layers made the plain net worse: 70.0% training error against 58.0%. With shortcuts, the same 32 layers reach 60.0%.',
    );
  });

  test('does not take another design for a shallower net of the same', () => {
    const vgg = { ...shallow, name: 'VGG-19', depth: 19, design: 'vgg' };
    const [plain34, resnet34] = [deep, twin].map((each) => ({ ...each, design: 'imagenet' }));
    const told = story(100, [vgg, ...[plain34, resnet34].filter((each) => each !== undefined)]);
    expect(said(told)).toContain('the twins have parted: plain-32 is at 70.0%');
  });

  test('gives each number the colour of its net', () => {
    const coloured = story(100, [shallow, deep, twin]).flatMap((part) =>
      'lane' in part ? [[part.text, part.lane]] : [],
    );
    expect(coloured).toEqual([
      ['70.0%', 'plain-32'],
      ['58.0%', 'plain-8'],
      ['60.0%', 'ResNet-32'],
    ]);
  });

  test('is degradation alone without a twin, or where the twin is not ahead all the time', () => {
    const alone = 'After 100 steps, 24 more layers made the plain net worse: 70.0% training error against 58.0%.';
    expect(tell(100, shallow, deep)).toBe(alone);
    expect(tell(100, shallow, deep, lane('residual', 32, 66, 61, 60))).toBe(alone);
    expect(tell(100, shallow, deep, lane('residual', 20, 20, 20, 20))).toBe(alone);
  });

  test('compares the shallowest plain net with the deepest, whatever their order', () => {
    expect(tell(80, deep, lane('plain', 20, 65, 65, 65), shallow)).toContain('24 more layers');
  });

  test('is the parting of twins where depth alone says nothing', () => {
    const parted = 'After 100 steps, the twins have parted: plain-32 is at 70.0% training error, ResNet-32 at 60.0%.';
    expect(tell(100, deep, twin)).toBe(parted);
    expect(tell(100, lane('plain', 8, 69, 69, 69), deep, twin)).toBe(parted);
  });

  test.each([
    ['was too small once', [64, 70, 70]],
    ['is too small now', [70, 70, 62]],
    ['was not yet measured at first', [Number.NaN, 70, 70]],
  ])('is silent about a gap that %s', (_, errors) => {
    const unsure = lane('plain', 32, ...errors);
    expect(tell(100, shallow, unsure)).not.toContain('more layers');
    expect(tell(100, unsure, twin)).not.toContain('parted');
  });

  test('speaks of a gap of five points, and of none below', () => {
    const [low, five, less] = [lane('plain', 8, 60), lane('plain', 14, 65), lane('plain', 14, 64.9)];
    expect(tell(100, low, five)).toContain('6 more layers');
    expect(tell(100, low, less)).not.toContain('more layers');
  });

  test('does not call a deep net that is ahead worse', () => {
    expect(tell(100, lane('plain', 8, 80, 80, 80), deep)).toBe(
      'After 100 steps no gap of 5 points has held: from 70.0% (plain-32) to 80.0% (plain-8).',
    );
  });

  test('early on says that it is too early; later that there is no gap', () => {
    const [a, b] = [lane('plain', 8, 60, 60), lane('plain', 8, 62, 62)];
    expect(tell(59, a, b)).toBe('Step 59: too early to tell the nets apart.');
    expect(tell(60, a, { ...b, name: 'plain-8 (2)' })).toBe(
      'After 60 steps no gap of 5 points has held: from 60.0% (plain-8) to 62.0% (plain-8 (2)).',
    );
  });
});

test('the line under it names the baseline, and that the paper’s gap is another', () => {
  expect(storyFootnote('Noto', 71.23)).toMatch(/always answering “Noto” is wrong 71\.2% of the time\. The paper’s gap/);
});
