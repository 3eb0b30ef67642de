import './predictions.css';
import { Check, ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import { MANY } from '../charts/many.ts';
import { netClass, netStyle, toneOf } from '../charts/tone.ts';
import { useLabState } from '../lab/use-lab.ts';
import { percent } from '../text/format.ts';
import { UI } from '../text/ui.ts';
import { FileField } from './controls/FileField.tsx';
import { PictureCanvas } from './controls/PictureCanvas.tsx';
import { shown } from './shown.ts';
import { useOwnImage } from './use-own-image.ts';

const words = UI.predictions;

/** A few test images, and what each net takes them for. */
export function Predictions() {
  const lanes = useLabState((state) => state.experiment.lanes);
  const data = useLabState((state) => state.data);
  const predictions = useLabState((state) => state.predictions);
  const own = useOwnImage();
  const input = useRef<HTMLInputElement>(null);
  if (data === null) return null;
  const told = [...predictions.values()][0];
  const classes = data.classes.map(({ name }) => name);
  return (
    <section className="part" aria-label={words.title}>
      <div className="fig-head">
        <h2>{words.title}</h2>
        <span className="fig-note">
          {told === undefined ? words.empty : `${words.about}; ${UI.header.stepNumber(told.step)}`}
        </span>
        <button type="button" className="btn mini" onClick={() => input.current?.click()}>
          <ImagePlus size={14} aria-hidden />
          {words.own}
        </button>
        <FileField ref={input} accept="image/*" label={words.ownFile} onFile={(file) => own.give(file).catch(shown)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={lanes.length > MANY ? 'predictions dense' : 'predictions'} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {own.picture !== null && (
                <th scope="col">
                  <PictureCanvas picture={own.picture} className="picture" />
                  <span className="truth">{words.yours}</span>
                </th>
              )}
              {data.shown.map(({ picture, label }) => (
                <th key={picture.name} scope="col">
                  <PictureCanvas picture={picture} className="picture" />
                  <span className="truth">{data.classes[label]?.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map(({ name, net }) => (
              <tr key={name} className={netClass(net.family)} style={netStyle(toneOf(net.depth))}>
                <th scope="row">{name}</th>
                {own.picture !== null && (
                  <Answer probabilities={own.answers.get(name) ?? null} classes={classes} right={null} />
                )}
                {data.shown.map(({ picture, label }, at) => (
                  <Answer
                    key={picture.name}
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

interface AnswerProps {
  readonly probabilities: readonly number[] | null;
  readonly classes: readonly string[];
  /** The right class; null where nobody knows it. */
  readonly right: number | null;
}

/** The likeliest class with its probability as a bar, and the next one. */
function Answer({ probabilities, classes, right }: AnswerProps) {
  if (probabilities === null) return <td className="answer">–</td>;
  const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const [first = 0, second] = order;
  const share = probabilities[first] ?? 0;
  const say = (index: number) => `${classes[index]} ${percent(100 * (probabilities[index] ?? 0))}%`;
  return (
    <td className={first === right ? 'answer right' : 'answer'} title={order.slice(0, 4).map(say).join('\n')}>
      <span className="first">
        {classes[first]}
        {first === right && <Check size={12} strokeWidth={3} role="img" aria-label={words.right} />}
      </span>
      <span className="bar" style={{ '--share': share }} />
      {second !== undefined && <span className="second">{say(second)}</span>}
    </td>
  );
}
