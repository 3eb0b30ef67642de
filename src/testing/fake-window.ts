/** A window with a history of its own. */
export class FakeWindow {
  readonly entries: string[];
  at = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(href: string) {
    this.entries = [href];
  }

  readonly history = {
    pushState: (_: unknown, __: string, href?: string | URL | null) => {
      this.at += 1;
      this.entries.splice(this.at, this.entries.length, String(href));
    },
    replaceState: (_: unknown, __: string, href?: string | URL | null) => {
      this.entries[this.at] = String(href);
    },
  };

  get location() {
    return { href: this.entries[this.at] ?? '' };
  }

  addEventListener(_: 'popstate', listen: () => void): void {
    this.#listeners.push(listen);
  }

  /** Goes to an address that is written into the bar or pasted. */
  goTo(href: string): void {
    this.history.pushState(null, '', href);
    this.go(0);
  }

  go(steps: number): void {
    this.at += steps;
    for (const listen of this.#listeners) listen();
  }
}
