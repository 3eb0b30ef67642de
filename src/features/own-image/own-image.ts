import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture } from '../../core/data/images.ts';
import type { ImageAnswers } from '../../core/results/report.ts';
import { say } from '../../language/say.ts';
import type { Lab } from '../lab/lab.ts';
import { type Drawing, isBlank, type Paper, paperLike } from './drawing.ts';
import { pictureOf } from './raster.ts';

export interface OwnImageState {
  /** What the user drew, or an image with nothing drawn on it yet. */
  readonly drawing: Drawing;
  /** Its pixels; null while it is blank. */
  readonly picture: Picture | null;
  /** The last answers of the nets, as they are now or were some steps ago. */
  readonly answers: ImageAnswers | null;
  /** Whether the nets are being asked: the last answers are not the ones to the drawing and the nets as they are now. */
  readonly asking: boolean;
  /** Whether the drawing pad is open. */
  readonly padOpen: boolean;
}

/** One image of the user's own: drawn, or from a file, or both; and what the nets answer to it. */
export interface OwnImage {
  readonly store: StoreApi<OwnImageState>;
  draw(drawing: Drawing): void;
  /** Opens the drawing pad or closes it; the drawing stays. */
  openPad(open: boolean): void;
  /** The paper that drawings on nothing are on: that of the data's images. */
  paper(): Paper;
}

export function createOwnImage(lab: Pick<Lab, 'store' | 'classify'>): OwnImage {
  const store = createStore<OwnImageState>(() => ({
    drawing: { on: 'white', strokes: [] },
    picture: null,
    answers: null,
    asking: false,
    padOpen: false,
  }));
  let again = false;

  /** Asks the nets, as often as they answer while there is news and no oftener. */
  const ask = async () => {
    again = true;
    if (store.getState().asking) return;
    store.setState({ asking: true });
    try {
      while (again) {
        again = false;
        const { picture } = store.getState();
        const { open, race } = lab.store.getState();
        if (picture === null || !open) continue;
        const answers = await lab.classify(picture);
        const isWanted = store.getState().picture !== null && lab.store.getState().race === race;
        if (isWanted) store.setState({ answers });
      }
    } catch {
      // The lab shows the failure. The next change of the drawing asks again.
    } finally {
      store.setState({ asking: false });
    }
  };
  const renew = () => {
    ask().catch(() => {});
  };
  const paper = () => paperLike(lab.store.getState().data?.shown.map(({ picture }) => picture) ?? []);

  lab.store.subscribe((now, before) => {
    if (now.race !== before.race) store.setState({ answers: null });
    const { drawing } = store.getState();
    if (now.data !== before.data && isBlank(drawing)) store.setState({ drawing: { on: paper(), strokes: [] } });
    // The nets have learnt since, or were cut, or are others.
    const isNews = (['predictions', 'experiment', 'race', 'open'] as const).some((key) => now[key] !== before[key]);
    if (isNews) renew();
  });

  return {
    store,
    draw: (drawing) => {
      const picture = isBlank(drawing)
        ? null
        : pictureOf(drawing, typeof drawing.on === 'string' ? say('ownImage.name') : drawing.on.name);
      store.setState({ drawing, picture, ...(picture === null && { answers: null }) });
      renew();
    },
    openPad: (padOpen) => store.setState({ padOpen }),
    paper,
  };
}
