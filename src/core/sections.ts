/** The sections of the page that a link may leave out, so that a class sees what the lesson is about. */
export const SECTIONS = ['lab', 'inside', 'predictions', 'family'] as const;
export type Section = (typeof SECTIONS)[number];
