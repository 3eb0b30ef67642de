/** Why the lab cannot do what it was asked, in one sentence. */
export class LabError extends Error {
  override readonly name = 'LabError';
}
