/** The words around what comes in and goes out as files. */
export const EXCHANGE_TEXT = {
  menu: 'Save the experiment',
  pytorch: 'As a PyTorch file',
  keras: 'As a Keras file',
  note: 'One file that trains these nets by itself, on one device or, with PyTorch’s torchrun, on many. Weights are saved in the menu of each net, and load into it.',
  save: 'Save its weights (safetensors)',
  load: 'Load weights into a copy…',
  loadInto: (net: string) => `Weights for a copy of ${net}`,
} as const;
