import type { BackendName } from '../../core/experiment/device.ts';
import { type Phrase, SaidError, type Sentence, sentence } from '../../language/sentence.ts';

/** A backend cannot be used; the message says which, why and what to do. */
export class DeviceError extends SaidError {
  override readonly name = 'DeviceError';

  constructor(
    readonly backend: BackendName,
    readonly reason: Phrase,
    remedy: Sentence = sentence('errors.device.chooseAnother'),
  ) {
    super(sentence('errors.device', { backend, reason, remedy }));
  }
}

/** A working device was lost, with all tensors on it. */
export class DeviceLostError extends SaidError {
  override readonly name = 'DeviceLostError';

  constructor(
    readonly backend: BackendName,
    /** The browser's message, which may be empty, or a sentence. */
    readonly reason: Phrase,
  ) {
    super(sentence('errors.device.lost', { backend, reason: reason || sentence('errors.device.noReason') }));
  }
}
