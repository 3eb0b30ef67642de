/** A forbidden phrase in a comment or string, with its place. */
export interface StyleFault {
  /** Counted from 1. */
  readonly line: number;
  readonly phrase: string;
  /** The wording to use instead. */
  readonly instead: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
}

/**
 * The phrases, each with its plain alternative. A space matches any white space, so that a phrase may be broken over two
 * lines of a comment. Word boundaries keep identifiers such as `isSomebody` out.
 */
const RULES: readonly Rule[] = [
  rule('anew', 'again'),
  rule('of ours', 'our own, or name the module'),
  rule('so many', 'the count by its name ("n steps", "this many bytes", "up to `most`")'),
  rule('somebody|somebody else', 'who it is (the user, another tab, the caller)'),
  rule('nobody', 'what is absent ("no caller", "unused", "not shown")'),
  rule('everybody', 'all of them, by their name'),
  rule('who(?:so)?ever', 'who it is (the caller, the reader, the first free thread)'),
  rule('who rests', 'what waits'),
  rule('(?:the|its|their) way back', 'the backward pass'),
  rule('(?<!\\$)what of', '"the part of X that ...", or what the value is'),
  rule('as it comes', 'in order of arrival, or as it is'),
  rule('such as it is', 'unchanged'),
  rule('by itself alone', 'alone'),
  {
    // At the beginning of a comment or of a sentence: "Of a block: ...".
    pattern: /(?<=\/\*\*?\s|\/\/\s|#\s|"""|[.;:?!]\s)Of(?!\scourse\b)\s\w+/g,
    instead: 'begin with what the value is ("The block\'s ...")',
  },
];

function rule(words: string, instead: string): Rule {
  return { pattern: new RegExp(`\\b(?:${words.replaceAll(' ', '\\s+')})\\b`, 'gi'), instead };
}

/** All matches in a source file, by line. */
export function styleFaults(source: string): StyleFault[] {
  const text = joinLines(source);
  return RULES.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map(({ index, 0: phrase }) => ({
      line: source.slice(0, index).split('\n').length,
      phrase: phrase.replace(/\s+/g, ' '),
      instead,
    })),
  ).sort((a, b) => a.line - b.line);
}

/** Blanks the marks at which comment lines begin, so that a phrase is found across a line break; offsets are kept. */
function joinLines(source: string): string {
  return source.replace(/\n[ \t]*(?:\*(?!\/)|\/\/|#)/g, (mark) => `\n${' '.repeat(mark.length - 1)}`);
}
