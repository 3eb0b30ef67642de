/** Ids of the places that the skip links lead to. */
export const NETS_ID = 'nets';
export const CHARTS_ID = 'charts';
export const LAB_ID = 'lab';
