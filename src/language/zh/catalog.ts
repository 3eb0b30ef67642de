import type { Catalog } from '../messages.ts';
import { charts, share } from './charts.ts';
import { classroom } from './classroom.ts';
import { cures } from './cures.ts';
import { design } from './design.ts';
import { embed } from './embed.ts';
import { data } from './errors/data.ts';
import { errors } from './errors/errors.ts';
import { experiment } from './errors/experiment.ts';
import { formats } from './errors/formats.ts';
import { insight } from './insight.ts';
import { lesson } from './lesson.ts';
import { library } from './library.ts';
import { ownImage } from './own-image.ts';
import { page } from './page.ts';
import { paper } from './paper.ts';
import { photographs } from './photographs.ts';
import { race } from './race.ts';
import { runs } from './runs.ts';
import { setup } from './setup.ts';
import { slowMotion } from './slow-motion.ts';
import { story } from './story.ts';
import { terminal } from './terminal.ts';
import { zoo } from './zoo.ts';

/** All messages in Simplified Chinese. Terms: docs/glossary.md. */
export const zh: Catalog = {
  page,
  setup,
  design,
  cures,
  race,
  story,
  charts,
  insight,
  slowMotion,
  runs,
  lesson,
  library,
  ownImage,
  paper,
  photographs,
  zoo,
  share,
  classroom,
  embed,
  errors,
  data,
  experiment,
  formats,
  terminal,
};
