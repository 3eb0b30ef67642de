/** Ends when nothing above has grown for this long, in ms. */
const QUIET = 4000;
/** Where the element may be from where it was put, in CSS pixels. */
const SLACK = 2;

/**
 * Scrolls an element to the top of the window, and again whenever the page grows, as sections above it are loaded: until the
 * visitor scrolls, points or types, or the page has kept its size for a while. Returns the function that ends this.
 */
export function keepAtTop(element: Element): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let put = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const end = () => abort.abort();
  const scroll = () => {
    element.scrollIntoView({ block: 'start' });
    put = element.getBoundingClientRect().top;
    clearTimeout(quiet);
    quiet = setTimeout(end, QUIET);
  };
  // The first call comes at once.
  const observer = new ResizeObserver(scroll);
  observer.observe(document.body);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(quiet);
  });
  for (const type of ['wheel', 'pointerdown', 'keydown', 'touchstart']) {
    addEventListener(type, end, { signal, passive: true });
  }
  const follow = () => {
    if (Math.abs(element.getBoundingClientRect().top - put) > SLACK) end();
  };
  scroll();
  // A scrollbar sends no other event. What grows is scrolled before this is heard of.
  addEventListener('scroll', follow, { signal, passive: true });
  return end;
}
