import type { Section } from '../features/share/sections.ts';
import type { MessageKey } from '../language/messages.ts';
import { FAMILY_ID, INSIDE_ID, NETS_ID, PAPER_ID, PREDICTIONS_ID, REAL_ID } from '../ui/section-ids.ts';

/** A place on the page that the section bar leads to. */
export interface Anchor {
  readonly id: string;
  readonly name: MessageKey;
  /** The section that it is in, which a link may leave out; null for the race itself. */
  readonly section: Section | null;
}

/** From top to bottom. */
export const ANCHORS = [
  { id: NETS_ID, name: 'page.sectionNets', section: null },
  { id: INSIDE_ID, name: 'page.sectionInside', section: 'inside' },
  { id: PREDICTIONS_ID, name: 'page.sectionPredictions', section: 'predictions' },
  { id: PAPER_ID, name: 'page.sectionPaper', section: 'family' },
  { id: FAMILY_ID, name: 'page.sectionFamily', section: 'family' },
  { id: REAL_ID, name: 'page.sectionReal', section: 'family' },
] as const satisfies readonly Anchor[];
