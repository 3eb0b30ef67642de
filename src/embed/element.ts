/**
 * The source of embed.js: the element `<resnet-playground>`, which shows the widget in a frame once it comes near the
 * window. It is a classic script without imports, so that any page can take it from any host. docs/embedding.md lists its
 * attributes.
 */
import type { HostMessage, WidgetMessage } from './messages.ts';

/** Attributes that become parameters of embed.html, by the same name. */
const PARAMETERS = ['preset', 'parts', 'chapter', 'backend'];

/** What a link of the page may have in front of its #, and goes before the attribute of that name. */
const OF_LINK = ['preset', 'chapter'];

/** Attributes that the widget follows while it is shown. */
const FOLLOWED = ['theme', 'lang', 'height'];

/** The height of the frame where none is given, until the widget has said its own. */
const FIRST_HEIGHT = 420;

/** How far from the window a frame begins to load. */
const NEAR = '300px';

const script = document.currentScript ?? document.querySelector('script[src$="embed.js"]');
const base = script instanceof HTMLScriptElement ? script.src : location.href;

type Change = Omit<HostMessage, 'type'>;

class ResNetPlaygroundElement extends HTMLElement {
  static readonly observedAttributes = FOLLOWED;

  #frame: HTMLIFrameElement | null = null;
  /** What the widget is to be told as soon as it listens; null once it does. */
  #untold: Change | null = {};
  /** The height that the widget asked for last, in CSS pixels. */
  #asked = FIRST_HEIGHT;
  #observer: IntersectionObserver | null = null;

  readonly #listen = ({ source, data }: MessageEvent<WidgetMessage>) => {
    if (source === null || source !== this.#frame?.contentWindow) return;
    if (data.type === 'resize') {
      this.#asked = data.height;
      this.#setHeight();
    }
    if (data.type === 'ready') {
      const untold = this.#untold ?? {};
      this.#untold = null;
      if (Object.keys(untold).length > 0) this.set(untold);
    }
    this.dispatchEvent(new CustomEvent(data.type, { detail: data }));
  };

  connectedCallback(): void {
    this.style.display = 'block';
    this.#setHeight();
    addEventListener('message', this.#listen);
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#load();
      },
      { rootMargin: NEAR },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    removeEventListener('message', this.#listen);
    this.#frame?.remove();
    this.#frame = null;
    this.#untold = {};
  }

  attributeChangedCallback(name: string): void {
    if (name === 'height') this.#setHeight();
    else if (this.#frame !== null) this.set({ theme: this.#theme(), lang: this.#lang() });
  }

  /** Changes the widget: `theme`, `lang`, `training`; where it is not there yet, as soon as it is. */
  set(change: Change): void {
    if (this.#untold !== null) this.#untold = { ...this.#untold, ...change };
    else this.#frame?.contentWindow?.postMessage({ type: 'set', ...change }, new URL(base).origin);
  }

  #load(): void {
    this.#observer?.disconnect();
    if (this.#frame !== null) return;
    const address = new URL('embed.html', base);
    for (const name of PARAMETERS) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    address.searchParams.set('theme', this.#theme());
    address.searchParams.set('lang', this.#lang());
    const [query, hash] = partsOf(this.getAttribute('experiment') ?? '');
    for (const name of OF_LINK) {
      const value = query.get(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    address.hash = hash;
    const frame = document.createElement('iframe');
    frame.title = this.getAttribute('title') ?? 'ResNet Playground';
    // Where the host is isolated, the frame may have threads, too.
    frame.allow = 'cross-origin-isolated';
    frame.style.cssText = 'display:block;width:100%;height:100%;border:0;color-scheme:normal';
    frame.src = address.href;
    this.#frame = frame;
    this.append(frame);
  }

  /** The theme of the attribute, else the one scheme that the host's style allows here. */
  #theme(): 'light' | 'dark' | 'system' {
    const asked = this.getAttribute('theme') ?? getComputedStyle(this).colorScheme;
    return asked === 'light' || asked === 'dark' ? asked : 'system';
  }

  /** The language of the nearest element that has one. */
  #lang(): 'en' | 'zh' {
    const [language] = this.closest('[lang]')?.getAttribute('lang')?.toLowerCase().split('-') ?? [];
    return language === 'zh' ? 'zh' : 'en';
  }

  #setHeight(): void {
    this.style.height = `${Number(this.getAttribute('height')) || this.#asked}px`;
  }
}

/** The query and the hash of a link of the page, or of the part of it behind the #, which has no query. */
function partsOf(link: string): readonly [query: URLSearchParams, hash: string] {
  const isLink = /^([^#=]*\?|https?:)/i.test(link);
  const query = isLink ? /^[^#]*?\?([^#]*)/.exec(link)?.[1] : undefined;
  return [new URLSearchParams(query), link.replace(isLink ? /^[^#]*#?/ : /^[^#]*#/, '')];
}

if (customElements.get('resnet-playground') === undefined) {
  customElements.define('resnet-playground', ResNetPlaygroundElement);
}
