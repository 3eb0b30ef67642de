import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Driver, Size } from './driver.ts';
import { CAPABILITIES, type Command, owned, WebDriver } from './webdriver.ts';

/** A page that hangs may keep the browser from closing. */
const CLOSE_LIMIT = 10_000;

/**
 * WebKit (GTK) by W3C WebDriver over HTTP, on a screen of its own by Xvfb. A session keeps nothing: it is what Safari
 * calls a private window.
 */
export async function startWebKit(size: Size): Promise<Driver> {
  const screen = owned('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '1600x1200x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = `:${await firstLine(screen)}`;
  const port = await freePort();
  // Without the variable there is no SharedArrayBuffer, also where the page is isolated.
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', JSC_useSharedArrayBuffer: '1' };
  const driver = owned('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  const end = () => {
    for (const each of [driver, screen]) each.kill();
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await listening(`${url}/status`);
    const asked = { capabilities: { alwaysMatch: CAPABILITIES } };
    const { sessionId, capabilities } = await request('POST', `${url}/session`, asked);
    const session = `${url}/session/${sessionId}`;
    return await WebDriver.fitting(
      `WebKitGTK ${capabilities.browserVersion}`,
      {
        send: (command) => request('POST', `${session}/${pathOf(command)}`, command.body),
        close: async () => {
          await request('DELETE', session, undefined, AbortSignal.timeout(CLOSE_LIMIT)).catch(() => {});
          end();
        },
      },
      size,
    );
  } catch (error) {
    end();
    throw error;
  }
}

function pathOf({ name, body }: Command): string {
  switch (name) {
    case 'Navigate':
      return 'url';
    case 'Refresh':
      return 'refresh';
    case 'ExecuteScript':
      return 'execute/sync';
    case 'ExecuteAsyncScript':
      return 'execute/async';
    case 'PerformActions':
      return 'actions';
    case 'ElementSendKeys':
      return `element/${body.id}/value`;
    case 'SetWindowRect':
      return 'window/rect';
  }
}

/** The number of the display, which Xvfb writes as soon as it answers. */
async function firstLine({ stdio }: ChildProcess): Promise<string> {
  const pipe = stdio[3];
  if (pipe == null || !('readable' in pipe)) throw new Error('Xvfb has no pipe');
  for await (const line of createInterface({ input: pipe })) return line;
  throw new Error('Xvfb ended before it had a display');
}

/** WebKit's driver takes no 0 for whatever port is free. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

/** Resolves when something answers at this address. */
async function listening(address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Throws what WebDriver says is wrong. */
async function request(method: string, address: string, body?: object, signal?: AbortSignal) {
  const response = await fetch(address, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const { value } = JSON.parse(await response.text());
  if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}
