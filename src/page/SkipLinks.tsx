import { say } from '../language/say.ts';
import { goToAnchor } from '../ui/go-to-anchor.ts';
import { CHARTS_ID, LAB_ID, NETS_ID } from '../ui/section-ids.ts';

/** The first stops of the keyboard, shown while they have the focus: past the header to what matters. */
export function SkipLinks({ lab }: { readonly lab: boolean }) {
  const links = [
    { id: NETS_ID, text: say('page.skipNets') },
    { id: CHARTS_ID, text: say('page.skipCharts') },
    ...(lab ? [{ id: LAB_ID, text: say('page.skipLab') }] : []),
  ];
  return (
    <nav aria-label={say('page.skip')} className="skip-links">
      {links.map(({ id, text }) => (
        <a
          key={id}
          href={`#${id}`}
          onClick={(event) => {
            // The fragment of the address holds the experiment.
            event.preventDefault();
            goToAnchor(id);
          }}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
