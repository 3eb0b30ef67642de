import type { Lab } from '../features/lab/lab.ts';
import type { LabState } from '../features/lab/state.ts';
import { errorNow } from '../features/race/lanes/TrainingErrorNow.tsx';
import { type HostMessage, parseHostMessage, type WidgetMessage } from './messages.ts';

/** Between two messages of progress. */
const PROGRESS_MS = 250;

/** The page around the widget, as far as it may be told and heard; of itself where the widget is opened alone. */
export interface HostPage {
  tell(message: WidgetMessage): void;
  /** Calls `hear` for each message of the page around; returns the function that ends this. */
  onMessage(hear: (message: HostMessage) => void): () => void;
}

/** The parent of this frame. What it is told is of no secret, so any page may hear it; only that page is heard. */
export function parentPage(frame: Window): HostPage {
  return {
    tell: (message) => {
      if (frame.parent !== frame) frame.parent.postMessage(message, '*');
    },
    onMessage: (hear) => {
      const listen = ({ source, data }: MessageEvent<unknown>) => {
        const message = source === frame.parent && frame.parent !== frame ? parseHostMessage(data) : null;
        if (message !== null) hear(message);
      };
      frame.addEventListener('message', listen);
      return () => frame.removeEventListener('message', listen);
    },
  };
}

/** Tells the host of every step, at most four times a second; the last state is always told. */
export function tellProgress(store: Lab['store'], host: HostPage): void {
  let waiting = false;
  store.subscribe((now, before) => {
    if (now.step === before.step && now.training === before.training && now.race === before.race) return;
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      host.tell(progressOf(store.getState()));
    }, PROGRESS_MS);
  });
}

function progressOf(state: LabState): WidgetMessage {
  const { experiment, step, training } = state;
  const nets = experiment.lanes.map(({ name }) => ({ name, trainingError: errorNow(state, name) }));
  return { type: 'progress', step, until: experiment.until, training, nets };
}
