/** The words of saving a figure. */
export const SAVE = {
  menu: (figure: string) => `Save: ${figure}`,
  csv: 'Data as CSV',
  svg: 'Picture as SVG',
  png: 'Picture as PNG',
  asTable: 'Pictures are saved while the chart is shown.',
  measuredBy: 'Measured in the browser with ResNet Playground.',
} as const;
