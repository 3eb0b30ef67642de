import { quote } from '../../core/quote.ts';
import { DataError } from '../error.ts';

const CIFAR = 'https://www.cs.toronto.edu/~kriz/cifar.html';

/** A person's own data set that an experiment is about, and that is not here. */
export class MissingDataError extends DataError {
  override readonly name: string = 'MissingDataError';

  constructor({ name, hash }: { readonly name: string; readonly hash: string }) {
    const from = name.startsWith('CIFAR-')
      ? `get its "binary version" from ${CIFAR} and`
      : 'get its files from who made it,';
    super(
      'data set',
      `${quote(name)} (content ${hash.slice(0, 12)}) is not in this browser`,
      `${from} give them under Data`,
    );
  }
}
