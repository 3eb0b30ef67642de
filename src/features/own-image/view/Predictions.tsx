import { max } from 'd3';
import { ImagePlus, Pencil } from 'lucide-react';
import { useRef } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { say } from '../../../language/say.ts';
import { FileField } from '../../../ui/controls/Button.tsx';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { PREDICTIONS_ID } from '../../../ui/section-ids.ts';
import { namedData } from '../../lab/named-data.ts';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useLab, useLabState, useLibrary, useOwnImage, useOwnImageState } from '../../use-stores.ts';
import { AnswerCell } from './Answer.tsx';
import { OwnImagePart } from './OwnImagePart.tsx';
import styles from './predictions.module.css';

/** A few test images and perhaps one of a person's own, and what each net takes them for. */
export function Predictions() {
  const lab = useLab();
  const library = useLibrary();
  const own = useOwnImage();
  const lanes = useToldLanes();
  const data = useLabState(namedData);
  const predictions = useLabState((state) => state.predictions);
  const picture = useOwnImageState((state) => state.picture);
  const answers = useOwnImageState((state) => state.answers?.answers ?? null);
  const padOpen = useOwnImageState((state) => state.padOpen);
  const input = useRef<HTMLInputElement>(null);
  const draw = useRef<HTMLButtonElement>(null);
  useFocusAtChange(() => draw.current, padOpen);
  if (data === null) return null;
  // A net that diverged, or catches up, was asked at an earlier step.
  const answered = max(predictions.values(), ({ step }) => step);
  const classes = data.classes.map(({ name }) => name);
  const isDense = lanes.length > MAX_DETAILED_LANES;
  const tableClass = isDense ? `${styles.table} ${styles.dense}` : styles.table;
  const give = async (file: File) => {
    const given = await library.picture({ path: file.name, blob: file });
    if (given !== null) own.draw({ on: given, strokes: [] });
  };
  return (
    <section className="part" id={PREDICTIONS_ID} aria-label={say('ownImage.predictions')}>
      <div className="fig-head">
        <h2>{say('ownImage.predictions')}</h2>
        <span className="fig-note">
          {answered === undefined ? say('ownImage.empty') : say('ownImage.about', { step: answered })}
        </span>
        <span className={styles.own}>
          <button
            ref={draw}
            type="button"
            className="btn mini"
            aria-expanded={padOpen}
            onClick={() => own.openPad(!padOpen)}
          >
            <Pencil size={14} aria-hidden />
            <span>{say('ownImage.draw')}</span>
          </button>
          <button type="button" className="btn mini" onClick={() => input.current?.click()}>
            <ImagePlus size={14} aria-hidden />
            <span>{say('ownImage.own')}</span>
          </button>
        </span>
        <FileField
          ref={input}
          accept="image/*"
          label={say('ownImage.ownFile')}
          onFile={(file) => lab.attempt(() => give(file))}
        />
      </div>
      {padOpen && <OwnImagePart onFile={(file) => lab.attempt(() => give(file))} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={tableClass} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {picture !== null && (
                <th scope="col">
                  <PictureCanvas picture={picture} className={styles.picture} />
                  <span className={styles.truth}>{say('ownImage.yours')}</span>
                </th>
              )}
              {data.shown.map(({ picture, label }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a shown picture is its place, and those of a class have one name
                <th key={at} scope="col">
                  <PictureCanvas picture={picture} className={styles.picture} />
                  <span className={styles.truth}>
                    <Name>{data.classes[label]?.name ?? ''}</Name>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map(({ name, net }) => (
              <tr key={name} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
                <th scope="row">
                  <Name>{name}</Name>
                </th>
                {picture !== null && (
                  <AnswerCell probabilities={answers?.get(name) ?? null} classes={classes} right={null} />
                )}
                {data.shown.map(({ label }, at) => (
                  <AnswerCell
                    // biome-ignore lint/suspicious/noArrayIndexKey: a shown picture is its place, and those of a class have one name
                    key={at}
                    probabilities={predictions.get(name)?.probabilities[at] ?? null}
                    classes={classes}
                    right={label}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
