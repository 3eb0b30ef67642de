/** Who drew the emoji and under which licence. */
export const CREDITS = [
  {
    name: 'Noto Emoji',
    author: 'Google',
    licence: 'Apache 2.0',
    link: 'https://github.com/googlefonts/noto-emoji',
    terms: 'https://www.apache.org/licenses/LICENSE-2.0',
  },
  {
    name: 'Twemoji',
    author: 'Twitter and other contributors',
    licence: 'CC BY 4.0',
    link: 'https://github.com/jdecked/twemoji',
    terms: 'https://creativecommons.org/licenses/by/4.0/',
  },
  {
    name: 'Fluent Emoji',
    author: 'Microsoft',
    licence: 'MIT',
    link: 'https://github.com/microsoft/fluentui-emoji',
    terms: 'https://github.com/microsoft/fluentui-emoji/blob/main/LICENSE',
  },
  {
    name: 'OpenMoji',
    author: 'the OpenMoji project',
    licence: 'CC BY-SA 4.0',
    link: 'https://openmoji.org',
    terms: 'https://creativecommons.org/licenses/by-sa/4.0/',
  },
] as const;
