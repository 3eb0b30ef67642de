import { language, parts, say } from '../language/say.ts';
import { Modal } from '../ui/controls/Modal.tsx';
import { Said } from '../ui/Said.tsx';
import { useTouchSize } from '../ui/use-screen.ts';
import { CREDITS } from './credits.ts';
import styles from './help.module.css';

const version: string = import.meta.env.PACKAGE_VERSION;
const PAPER = 'https://arxiv.org/abs/1512.03385';

/** Where the sources of this build are; undefined where it was built without saying so. */
const SOURCE: string | undefined = import.meta.env.VITE_SOURCE_URL;

export interface HelpDialogProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** What this is, keys and gestures, paper and source, who drew the images, and the licences. */
export function HelpDialog({ open, onOpen }: HelpDialogProps) {
  return (
    <Modal title={say('page.title')} open={open} onOpen={onOpen}>
      <Background />
      <Gestures />
      <Keys />
      <About />
      <Credits />
    </Modal>
  );
}

function Background() {
  return (
    <>
      <h3>{say('page.helpWhat')}</h3>
      <p>
        <Said parts={parts('page.helpMeasured')} />
      </p>
      <p>
        <Said parts={parts('page.helpPaper')} />
      </p>
      <p>{say('page.helpScale')}</p>
      <p>{say('page.helpCause')}</p>
    </>
  );
}

function Keys() {
  const keys = [
    [say('page.keySpace'), say('page.keySpaceDoes')],
    ['s', say('page.keyStepDoes')],
    ['r', say('page.keyResetDoes')],
    ['u', say('page.keyUndoDoes')],
    ['l', say('page.keyLabDoes')],
    ['f', say('page.keyPresentDoes')],
    ['?', say('page.keyHelpDoes')],
    [say('page.keyForward'), say('page.keyForwardDoes')],
    ['← →', say('page.keyArrowsDoes')],
    [say('page.keyEnter'), say('page.keyEnterDoes')],
    ['+ − 0', say('page.keyZoomDoes')],
  ] as const;
  return (
    <>
      <h3>{say('page.helpKeys')}</h3>
      <dl className={styles.keys}>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What fingers do, where there are fingers. */
function Gestures() {
  const touch = useTouchSize();
  if (!touch) return null;
  const gestures = [
    [say('page.touchBlock'), say('page.touchBlockDoes')],
    [say('page.touchStrip'), say('page.touchStripDoes')],
    [say('page.touchCurves'), say('page.touchCurvesDoes')],
    [say('page.touchPinch'), say('page.touchPinchDoes')],
    [say('page.touchSheet'), say('page.touchSheetDoes')],
  ] as const;
  return (
    <>
      <h3>{say('page.helpGestures')}</h3>
      <dl className={styles.gestures}>
        {gestures.map(([gesture, does]) => (
          <div key={gesture}>
            <dt>{gesture}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function About() {
  // Titles and licences have English names.
  const linkTo = (href: string) => ({
    a: (text: string) => (
      <a href={href} lang="en">
        {text}
      </a>
    ),
  });
  const address = `${location.origin}${location.pathname}`;
  return (
    <>
      <h3>{say('page.helpSource')}</h3>
      <p lang="en">
        <Said parts={parts('page.helpPaperLink')} tags={linkTo(PAPER)} />
      </p>
      <p>
        <Said parts={parts('page.helpVersion', { version })} tags={linkTo('LICENSE.txt')} />
      </p>
      {SOURCE !== undefined && (
        <p>
          <Said parts={parts('page.helpSourceLink')} tags={linkTo(SOURCE)} />
        </p>
      )}
      <p>
        <Said
          parts={parts('page.helpTeaching')}
          tags={{ a: (text) => <a href={`teaching.html?lang=${language()}`}>{text}</a> }}
        />
      </p>
      <h3>{say('page.helpCite')}</h3>
      <p className={styles.citation} lang="en">
        {say('page.helpCitation', { version, address })}
      </p>
    </>
  );
}

function Credits() {
  const files = [
    ['NOTICE.txt', say('page.licenceNotice')],
    ['LICENSE.txt', say('page.licenceOwn')],
    ['THIRD-PARTY.txt', say('page.licenceOthers')],
  ] as const;
  return (
    <>
      <h3>{say('page.helpImages')}</h3>
      <ul className={styles.credits}>
        {CREDITS.map(({ name, author, licence, link, terms }) => (
          <li key={name}>
            <Said
              parts={parts('page.helpCredit', { name, author, licence })}
              tags={{
                a: (text) => <a href={link}>{text}</a>,
                t: (text) => (
                  <a href={terms} lang="en">
                    {text}
                  </a>
                ),
              }}
            />
          </li>
        ))}
      </ul>
      <p>{say('page.helpCreditsNote')}</p>
      <h3>{say('page.helpLicences')}</h3>
      <p>{say('page.helpLicencesNote')}</p>
      <ul>
        {files.map(([file, name]) => (
          <li key={file}>
            <a href={file}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
