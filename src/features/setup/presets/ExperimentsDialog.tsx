import { Fragment } from 'react';
import { DEFAULT_PRESET, PRESET_NAMES, PRESETS, type PresetName } from '../../../core/experiment/presets.ts';
import { parts, say } from '../../../language/say.ts';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { moveFocusAmong } from '../../../ui/focus.ts';
import { Said } from '../../../ui/Said.tsx';
import { useLab, useLabState } from '../../use-stores.ts';
import { DepthInTheEnd } from './DepthInTheEnd.tsx';
import { PresetSketch } from './PresetSketch.tsx';
import { PRESET_WORDS } from './preset-words.ts';
import styles from './presets.module.css';

export interface ExperimentsDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** Opens the races that are saved. */
  readonly onRuns: () => void;
}

/** The presets as questions; after the first visit's, which is of the beginning, that of the end. */
export function ExperimentsDialog({ open, onOpen, onRuns }: ExperimentsDialogProps) {
  return (
    <Modal title={say('setup.find')} open={open} onOpen={onOpen} wide>
      <Cards onDone={() => onOpen(false)} onRuns={onRuns} />
    </Modal>
  );
}

/** In the order of the record, the question of the first visit first and the small machine's last. */
const CARDS = Object.keys(PRESET_WORDS).flatMap((name) => PRESET_NAMES.filter((preset) => preset === name));

function Cards({ onDone, onRuns }: { readonly onDone: () => void; readonly onRuns: () => void }) {
  const lab = useLab();
  const current = useLabState((state) => state.preset);
  const begun = useLabState((state) => state.step > 0);
  const choose = (preset: PresetName) => {
    onDone();
    lab.openInstead(PRESETS[preset]);
  };
  const runs = (text: string) => (
    <button type="button" className={styles.link} onClick={onRuns}>
      {text}
    </button>
  );
  return (
    <>
      <p className={styles.keeps}>
        {begun ? <Said parts={parts('setup.keeps')} tags={{ a: runs }} /> : say('setup.keepsNothing')}
      </p>
      <ul className={styles.cards} onKeyDown={(event) => moveFocusAmong(event, 'button', { wraps: false })}>
        {CARDS.map((preset) => {
          const { card, about, minutes, name } = PRESET_WORDS[preset];
          return (
            <Fragment key={preset}>
              <li>
                <button
                  type="button"
                  className={styles.card}
                  aria-current={preset === current ? 'true' : undefined}
                  onClick={() => choose(preset)}
                >
                  <PresetSketch preset={preset} />
                  <span>
                    <b>{say(card)}</b>
                    <span>{say(about)}</span>
                    <small>{say('setup.minutes', { minutes, name: say(name) })}</small>
                  </span>
                </button>
              </li>
              {preset === DEFAULT_PRESET && <DepthInTheEnd onChoose={onDone} />}
            </Fragment>
          );
        })}
      </ul>
    </>
  );
}
