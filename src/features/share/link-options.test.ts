import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ExperimentError } from '../../core/experiment/parse/parse.ts';
import { toBase64Url } from './link-code.ts';
import {
  assignmentOf,
  type LinkOptions,
  MOST_CHARACTERS,
  readOptions as read,
  readForExperiment,
  withOptions,
  withoutAssignment,
} from './link-options.ts';

const PAGE = new URL('https://example.org/toy/?preset=twins&backend=wasm');
const NONE: LinkOptions = {
  assignment: null,
  hidden: [],
  chapter: null,
  language: null,
  theme: null,
  stop: null,
  speed: null,
  figure: null,
  presenting: false,
};
const ALL: LinkOptions = {
  assignment: { title: 'Which cut hurts most?', task: 'Cut 3 shortcuts & write down why: 50% + “reasons” #1' },
  hidden: ['lab', 'family'],
  chapter: 3,
  language: 'zh',
  theme: 'dark',
  stop: 60,
  speed: 2,
  figure: 'gradients',
  presenting: true,
};

/** What an address asks for that is right in every field. */
const readOptions = (address: URL) =>
  read(address, (fault) => {
    throw fault;
  });
const readQuery = (query: string) => readOptions(new URL(query, PAGE));

describe('the options of a link', () => {
  test('are read as they were written, beside the experiment', () => {
    const address = withOptions(PAGE, ALL);
    const { chapter, language, ...rest } = ALL;
    expect(readOptions(address)).toEqual(rest);
    expect(address.searchParams.get('chapter')).toBe(String(chapter));
    expect(address.searchParams.get('lang')).toBe(language);
    expect(address.searchParams.get('preset')).toBe('twins');
  });

  test('that are none leave the address as it was', () => {
    expect(withOptions(PAGE, NONE).href).toBe(PAGE.href);
    expect(withOptions(withOptions(PAGE, ALL), NONE).href).toBe(PAGE.href);
  });

  test('are plain where that is short, and compressed where it is not', () => {
    const english = withOptions(PAGE, { ...NONE, assignment: { title: 'Cut one', task: '' } });
    expect(english.searchParams.get('title')).toBe('Cut one');
    const task =
      '切断三条快捷连接，使 ResNet-32 的训练错误率升高得最多。哪一条影响最大？请写下你的猜测，再训练到第 150 步。';
    const chinese = withOptions(PAGE, { ...NONE, assignment: { title: '切断快捷连接', task } });
    expect(readOptions(chinese).assignment).toEqual({ title: '切断快捷连接', task });
    expect(chinese.href.length - PAGE.href.length).toBeLessThan(0.55 * encodeURIComponent(task).length);
  });

  test('of whatever words come back as they are shown', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(texts, texts, (title, task) => {
        const assignment = assignmentOf(title, task);
        expect(readOptions(withOptions(PAGE, { ...NONE, assignment })).assignment).toEqual(assignment);
      }),
    );
  });

  test('for one experiment go with it', () => {
    const left = withoutAssignment(withOptions(PAGE, ALL));
    expect(readOptions(left)).toMatchObject({ assignment: null, stop: null, theme: 'dark', speed: 2 });
    expect(left.searchParams.has('chapter')).toBe(false);
  });
});

describe('a field that is wrong', () => {
  const address = new URL('?title=Gradients&stop=60&hide=lab&theme=system&speed=3&figure=none', PAGE);

  test('asks for nothing, and the others for what they say', () => {
    const faults: unknown[] = [];
    const options = read(address, (fault) => faults.push(fault));
    expect(options).toEqual({
      ...{ assignment: { title: 'Gradients', task: '' }, stop: 60, hidden: ['lab'], theme: 'system' },
      ...{ speed: null, figure: null, presenting: false },
    });
    expect(faults).toEqual([expect.any(ExperimentError), expect.any(ExperimentError)]);
  });

  test('is no fault of what the next experiment asks for', () => {
    const { assignment, stop } = readForExperiment(address, () => expect.unreachable('a fault'));
    expect([assignment?.title, stop]).toEqual(['Gradients', 60]);
  });
});

describe('hostile options', () => {
  test.each([
    ['stop', '0'],
    ['stop', '1e3'],
    ['stop', '-5'],
    ['stop', '9999999'],
    ['speed', '3'],
    ['speed', 'Infinity'],
    ['theme', 'javascript:'],
    ['figure', 'constructor'],
    ['hide', 'everything'],
  ])('%s=%s is refused by a sentence that names it', (name, value) => {
    expect(() => readQuery(`?${name}=${value}`)).toThrow(ExperimentError);
    expect(() => readQuery(`?${name}=${value}`)).toThrow(name);
  });

  test('words are bounded, on one line, without what is not seen or reorders others', () => {
    const { assignment } = readQuery(`?title=${'x'.repeat(5000)}&task=${'y '.repeat(5000)}`);
    expect(assignment?.title).toHaveLength(MOST_CHARACTERS.title);
    expect(assignment?.task.length).toBeLessThanOrEqual(MOST_CHARACTERS.task);
    const task = encodeURIComponent('safe\u202e\u0000\u2066 text\n\n<b>bold</b>\ufeff');
    expect(readQuery(`?task=${task}`).assignment?.task).toBe('safe text <b>bold</b>');
    expect(readQuery(`?title=${encodeURIComponent(`Z${'\u0301'.repeat(200)}`)}`).assignment?.title.length).toBeLessThan(
      8,
    );
    expect(readQuery('?title=%E2%80%AE&task=%20').assignment).toBeNull();
  });

  test('what is not seen leaves no second space, and no letter without its mark', () => {
    const title = encodeURIComponent('a \u200b b\u2066 c e\u200b\u0301');
    expect(readQuery(`?title=${title}`).assignment?.title).toBe('a b c \u00e9');
  });

  test('joiners of emoji and of scripts stay', () => {
    const title = '👩‍🔬 می‌خواهم';
    expect(readQuery(`?title=${encodeURIComponent(title)}`).assignment?.title).toBe(title);
  });

  test.each(['', '!', 'AAAA', 'x'.repeat(9000), '%00'])('compressed words %j that are damaged are none', (words) => {
    expect(readQuery(`?words=${words}`).assignment).toBeNull();
  });

  test('compressed words cannot fill the memory: what they would inflate to behind the bound is not there', () => {
    const words = (letters: number) => {
      const code = toBase64Url(deflateSync(new TextEncoder().encode(`${'a'.repeat(letters)}\nbehind`)));
      return readQuery(`?words=${code}`).assignment;
    };
    expect(words(7000)?.task).toBe('behind');
    expect(words(2_000_000)).toEqual({ title: 'a'.repeat(MOST_CHARACTERS.title), task: '' });
  });
});
