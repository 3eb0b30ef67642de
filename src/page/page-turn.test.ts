// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageTurnOf } from './page-turn.ts';

const NONE = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

/** What each key does where the focus is on the element with this id. */
function turns(id: string | null) {
  const target = id === null ? document.body : document.getElementById(id);
  return ['PageDown', 'PageUp', 'ArrowRight', 'ArrowLeft'].map((key) => pageTurnOf({ key, ...NONE }, target));
}

const BOTH = ['forward', 'back'];
const NEITHER = [null, null];

beforeEach(() => {
  document.body.innerHTML = `
    <div data-lesson><button id="deed"></button><div role="radiogroup"><button id="answer" role="radio"></button></div></div>
    <div role="slider" id="guess"></div><div role="listbox" id="layers"></div><select id="choice"></select>
    <input id="field"><input id="digits" inputmode="numeric"><input id="spins" inputmode="numeric" role="spinbutton"><button id="elsewhere"></button>`;
});
afterEach(() => {
  document.body.innerHTML = '';
  Object.assign(window, { scrollY: 0 });
});

test('a clicker turns the lesson, and the arrows where nothing else has them', () => {
  expect(turns(null)).toEqual([...BOTH, ...BOTH]);
  expect(turns('deed')).toEqual([...BOTH, ...BOTH]);
  expect(turns('answer')).toEqual([...BOTH, ...NEITHER]);
  expect(turns('elsewhere')).toEqual([...BOTH, ...NEITHER]);
  expect(pageTurnOf({ key: 'PageDown', ...NONE, shiftKey: true }, document.body)).toBeNull();
});

test.each(['guess', 'layers', 'choice', 'field', 'spins'])(
  'no key turns it in a control that the key moves: %s',
  (id) => {
    expect(turns(id)).toEqual([...NEITHER, ...NEITHER]);
  },
);

test('a clicker turns it beside digits that were typed, which the arrows move along', () => {
  expect(turns('digits')).toEqual([...BOTH, ...NEITHER]);
});

test('further down the page the keys scroll, but for an arrow in the lesson', () => {
  Object.assign(window, { scrollY: innerHeight });
  expect(turns(null)).toEqual([...NEITHER, ...NEITHER]);
  expect(turns('deed')).toEqual([...NEITHER, ...BOTH]);
});
