import { invite, openBrowser } from '../browser.ts';
import type { Entry } from '../contenders/contender.ts';
import { growth, type Make } from '../grow.ts';
import type { Item } from './item.ts';

const STEPS_PER_TURN = 10;

export const GROWTH: Item = {
  what: 'step time and peak bytes as the work grows',
  run: async (options) => {
    const browser = await openBrowser();
    try {
      const make: Make = (name, task, lanes) => {
        const entry: Entry = { by: 'ours', backend: 'wasm', task, lanes };
        const [invitation] = invite(browser, [{ name, ...entry }]);
        if (invitation === undefined) throw new Error(`${name}: not invited`);
        return invitation;
      };
      // A step alone is too short for what else the machine does.
      return await growth('wasm, all threads', make, { ...options, stepsPerTurn: STEPS_PER_TURN });
    } finally {
      await browser.close();
    }
  },
};
