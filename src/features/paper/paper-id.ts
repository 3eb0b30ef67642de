/** The place of the paper on the page; `?view=paper` opens the page there. */
export const PAPER_ID = 'paper';
