/** Where the section Look inside is in the page. */
export const INSIDE_ID = 'inside';
