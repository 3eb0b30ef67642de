import { test as base, expect } from '@playwright/test';
import { PlaygroundPage } from './playground-page.ts';

interface Fixtures {
  readonly playground: PlaygroundPage;
  /** What the page itself reports as wrong; at the end there must be nothing. */
  readonly complaints: string[];
}

/** The lab is open where there is room beside the race, as who has opened it once finds it. Runs in the page. */
function openLab(): void {
  try {
    localStorage.setItem('lab', 'open');
  } catch {
    // A page without storage has it closed.
  }
}

/** A test fails if its page throws an uncaught error or writes an error to the console. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // A file that is missing is the browser's to tell, and some tests' to take away.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          complaints.push(message.text());
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page }, use) => use(new PlaygroundPage(page)),
  context: async ({ context }, use) => {
    await context.addInitScript(openLab);
    await use(context);
  },
});
