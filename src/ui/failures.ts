/** What the page says where a part of it fails. */
export const FAILURE_TEXT = {
  /** `reason` is the error's message, for a bug report. */
  notDrawn: (part: string, reason: string) => `${part} could not be shown (${reason}). Training goes on without it.`,
  notLoaded: (part: string) =>
    `${part} could not be loaded: the connection is lost, or the page was replaced by a newer one. Training goes on; if trying again does not help, reload the page.`,
  again: 'Try again',
  reload: 'Reload the page',
  parts: {
    page: 'The page',
    announcements: 'What is read out',
    notices: 'A message',
    presets: 'The presets',
    transport: 'The training controls',
    status: 'The status',
    tools: 'The menus',
    slow: 'Slow motion',
    lanes: 'The race',
    curves: 'The curves',
    lab: 'The lab',
    data: 'The data',
    recipe: 'The recipe',
    nets: 'The list of nets',
    inside: 'The look inside',
    predictions: 'Predictions',
    family: 'The family',
    realNets: 'The trained nets',
    classNames: 'The names of the classes',
  },
} as const;
