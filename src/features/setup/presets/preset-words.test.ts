import { describe, expect, test } from 'vitest';
import { PRESET_NAMES, PRESETS } from '../../../core/experiment/presets.ts';
import { count } from '../../../core/format.ts';
import { en } from '../../../language/en/catalog.ts';
import { say, speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { widthInLetters } from '../../../testing/text-width.ts';
import { OWN_WORDS, PRESET_WORDS, type QuestionWords } from './preset-words.ts';

/** What the strip over the nets has room for at 1,280 by 720 pixels. */
const MOST_LETTERS = { question: 45, setup: 230, note: 260 };

const ALL: readonly QuestionWords[] = [...PRESET_NAMES.map((name) => PRESET_WORDS[name]), OWN_WORDS];

describe.each([
  ['en', en],
  ['zh', zh],
] as const)('in %s', (language, catalog) => {
  test('every experiment has a question, a setup and a note that fit into the strip', () => {
    speak(language, catalog);
    for (const words of ALL) {
      for (const part of ['question', 'setup', 'note'] as const) {
        const { below } = words;
        const text = say(words[part]) + (part === 'note' && below !== undefined ? ` ${say(below)}` : '');
        expect({ text, fits: widthInLetters(text) <= MOST_LETTERS[part] }).toEqual({ text, fits: true });
      }
    }
  });

  test('no note says for how long a race is trained, which a visitor changes', () => {
    speak(language, catalog);
    const notes = PRESET_NAMES.map((name) => [say(PRESET_WORDS[name].note), PRESETS[name].until] as const);
    const telling = notes.filter(([note, until]) => new RegExp(`(?<![\\d,])${count(until)} (steps|步)`).test(note));
    expect(telling).toEqual([]);
  });
});
