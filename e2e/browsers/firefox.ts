import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Driver, Size } from './driver.ts';
import { CAPABILITIES, owned, type Session, WebDriver } from './webdriver.ts';

export type Preferences = Readonly<Record<string, boolean | number | string>>;

/**
 * Firefox without a window, by Marionette: W3C WebDriver over a socket of its own. WebDriver BiDi would have Firefox watch
 * for workers, and a worker that starts another one then waits for that: where the machine is busy, now and then for ever
 * (docs/decisions/firefox-by-marionette.md).
 */
export async function startFirefox(path: string, size: Size, preferences: Preferences = {}): Promise<Driver> {
  const profile = await mkdtemp(join(tmpdir(), 'playground-firefox-'));
  const all: Preferences = { ...preferences, 'marionette.port': 0 };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const firefox = owned(path, ['--headless', '--marionette', '--no-remote', '--profile', profile], { stdio: 'ignore' });
  const ended = once(firefox, 'exit');
  const end = async () => {
    // A page that hangs could keep it from quitting.
    firefox.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = connect(await portOf(profile), '127.0.0.1');
    const call = callerOf(socket);
    const session: Session = {
      send: ({ name, body }) => call(`WebDriver:${name}`, body),
      close: async () => {
        socket.destroy();
        await end();
      },
    };
    const opened = await call('WebDriver:NewSession', CAPABILITIES);
    const version: unknown = Reflect.get(Object(Reflect.get(Object(opened), 'capabilities')), 'browserVersion');
    return await WebDriver.fitting(`Firefox ${version}`, session, size);
  } catch (error) {
    await end();
    throw error;
  }
}

/** The port at which a Firefox with this profile listens, which it writes down when it does. */
async function portOf(profile: string): Promise<number> {
  for (;;) {
    const text = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
    if (text !== '') return Number(text);
    await setTimeout(100);
  }
}

/** An answer of Marionette: its kind, the number of the call, what is wrong, and the value. */
type Answer = readonly [
  kind: 1,
  id: number,
  error: { readonly error: string; readonly message: string } | null,
  value: object | null,
];

/** Calls a command of Marionette by messages in JSON, each behind its length in bytes and a colon. */
function callerOf(socket: Socket): (name: string, body: object) => Promise<unknown> {
  const calls = new Map<number, { readonly hear: (answer: Answer) => void; readonly fail: (error: Error) => void }>();
  let lastId = 0;
  let received = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      const message: unknown = JSON.parse(received.toString('utf8', colon + 1, end));
      received = received.subarray(end);
      // Its greeting is no answer.
      if (isAnswer(message)) calls.get(message[1])?.hear(message);
    }
  });
  const failAll = (error: Error) => {
    for (const { fail } of calls.values()) fail(error);
  };
  socket.on('error', failAll);
  socket.on('close', () => failAll(new Error('Firefox has ended')));
  return async (name, body) => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<Answer>((hear, fail) => calls.set(id, { hear, fail }));
    const message = Buffer.from(JSON.stringify([0, id, name, body]));
    socket.write(`${message.length}:`);
    socket.write(message);
    const [, , error, value] = await answered.finally(() => calls.delete(id));
    if (error !== null) throw new Error(`WebDriver: ${error.error}: ${error.message}`);
    // What a script gives lies in an object of its own; the data of other commands are bare.
    return value !== null && 'value' in value ? value.value : value;
  };
}

function isAnswer(message: unknown): message is Answer {
  return Array.isArray(message) && message[0] === 1;
}
