/** Saving a figure. */
export const share = {
  saveFigure: 'Save: {figure}',
  csv: 'Data as CSV',
  svg: 'Picture as SVG',
  png: 'Picture as PNG',
  asTable: 'Pictures are saved while the chart is shown.',
  sourceMeasured: '{source} Measured in the browser with ResNet Playground.',
  measured: 'Measured in the browser with ResNet Playground.',
  noisyCanvas:
    'picture: this browser adds noise to pixels that a page reads back, as a protection against fingerprinting; allow this site to read its canvas, or save a figure without images as SVG',
  tooLarge: 'picture: too large for the browser',
} as const;
