/** Element id of the predictions section, for links to it. */
export const PREDICTIONS_ID = 'predictions';
