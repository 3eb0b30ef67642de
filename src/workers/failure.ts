/** An error as it is posted between page and worker: its class's name and message. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: `worker: ${String(error)}` };
}

/** An error that a worker's method threw, on the page. */
export class RemoteError extends Error {
  constructor({ name, message }: Failure) {
    super(message);
    this.name = name;
  }
}

/** The caller cancelled the call. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
  constructor() {
    super('question: it was withdrawn');
  }
}
