/** Of the part of the page, to be gone to from elsewhere. */
export const PREDICTIONS_ID = 'predictions';
