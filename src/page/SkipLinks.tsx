import { useHidden } from '../features/use-stores.ts';
import { CHARTS_ID, LAB_ID, NETS_ID } from '../ui/focus.ts';
import { UI } from '../ui/strings.ts';

const words = UI.skip;

/** The first stops of the keyboard, shown while they have the focus: past the header and the lab to what matters. */
export function SkipLinks() {
  const links = [
    { id: NETS_ID, text: words.nets },
    { id: CHARTS_ID, text: words.charts },
    ...(useHidden().includes('lab') ? [] : [{ id: LAB_ID, text: words.lab }]),
  ];
  return (
    <nav aria-label={words.title} className="skip-links">
      {links.map(({ id, text }) => (
        <a
          key={id}
          href={`#${id}`}
          onClick={(event) => {
            // The fragment of the address holds the experiment.
            event.preventDefault();
            document.getElementById(id)?.focus();
          }}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
