/** The words around what comes in and goes out as files. */
export const EXCHANGE_TEXT = {
  save: 'Save its weights (safetensors)',
  load: 'Load weights into a copy…',
  loadInto: (net: string) => `Weights for a copy of ${net}`,
} as const;
