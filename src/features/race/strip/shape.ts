/** What a strip draws: how many blocks each stage has, and how many layers a block has. */
export interface StripShape {
  readonly stages: readonly number[];
  readonly layersPerBlock: number;
  /** Whether blocks have a place for a shortcut; else they are layers and no more. */
  readonly hasPlaces: boolean;
  /** Dense layers at the end. */
  readonly heads: number;
}
