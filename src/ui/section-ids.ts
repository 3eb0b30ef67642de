/** Element ids of the places on the page that skip links, the section bar and other parts lead to. */
export const NETS_ID = 'nets';
export const CHARTS_ID = 'charts';
export const LAB_ID = 'lab';
export const INSIDE_ID = 'inside';
export const PREDICTIONS_ID = 'predictions';
/** Also in addresses: `?view=paper` opens the page there. */
export const PAPER_ID = 'paper';
export const FAMILY_ID = 'family';
/** The table of costs of the ImageNet nets. */
export const COSTS_ID = 'family-costs';
/** The ImageNet nets with pretrained weights. */
export const REAL_ID = 'real';
