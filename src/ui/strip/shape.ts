/** What a strip draws: how many blocks each stage has, and how many layers a block has. */
export interface StripShape {
  readonly stages: readonly number[];
  readonly layersPerBlock: number;
}
