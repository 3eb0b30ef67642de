import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepForOffline, offeredUpdate, onUpdate, type Update } from './updates.ts';

class FakeServiceWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly #build: string;
  readonly told: string[] = [];

  constructor(build = 'newer') {
    super();
    this.#build = build;
  }

  postMessage(message: string, [port]: readonly MessagePort[] = []): void {
    if (message === 'which build') port?.postMessage(this.#build);
    else this.told.push(message);
  }

  install(): void {
    this.state = 'installed';
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  active: FakeServiceWorker | null = new FakeServiceWorker('own');
  waiting: FakeServiceWorker | null = null;
  installing: FakeServiceWorker | null = null;
}

let registration: FakeRegistration;
let container: EventTarget & { controller: FakeServiceWorker | null };

beforeEach(() => {
  registration = new FakeRegistration();
  container = Object.assign(new EventTarget(), {
    controller: registration.active,
    register: async () => registration,
    ready: Promise.resolve(registration),
  });
  vi.stubGlobal('navigator', { serviceWorker: container });
  const querySelector = () => ({ getAttribute: () => 'own' });
  vi.stubGlobal('document', { baseURI: 'https://example.org/', querySelector });
  vi.stubEnv('DEV', false);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** The next build that is offered. */
function nextOffer(): Promise<Update | null> {
  return new Promise((resolve) => {
    const stop = onUpdate(() => {
      stop();
      resolve(offeredUpdate());
    });
  });
}

/** Accepts what is offered next. */
async function accept(offered: Promise<Update | null>): Promise<void> {
  const update = await offered;
  const ready = update?.type === 'ready' ? update : expect.fail('no newer build is offered');
  ready.accept();
}

test('a service worker of the page’s own build is no newer one: it takes over, and keeps that build', async () => {
  const [older, own] = [new FakeServiceWorker('older'), new FakeServiceWorker('own')];
  [registration.active, registration.waiting, container.controller] = [older, own, older];
  await keepForOffline();
  await vi.waitFor(() => expect(own.told).toEqual(['take over']));
  expect(older.told).toEqual([]);
  container.controller = own;
  container.dispatchEvent(new Event('controllerchange'));
  await vi.waitFor(() => expect(own.told).toEqual(['take over', 'keep the build']));
  expect(offeredUpdate()).toBeNull();
});

test('a newer build that is there, that comes, or that is on its way already is offered', async () => {
  const [there, coming, onItsWay] = [new FakeServiceWorker(), new FakeServiceWorker(), new FakeServiceWorker()];
  registration.installing = onItsWay;
  await keepForOffline();
  await vi.waitFor(() => expect(registration.active?.told).toEqual(['keep the build']));
  expect(offeredUpdate()).toBeNull();
  const first = nextOffer();
  onItsWay.install();
  await accept(first);
  expect(onItsWay.told).toEqual(['take over']);

  const second = nextOffer();
  registration.installing = coming;
  registration.dispatchEvent(new Event('updatefound'));
  coming.install();
  await accept(second);
  expect(coming.told).toEqual(['take over']);

  const third = nextOffer();
  registration.waiting = there;
  await keepForOffline();
  await accept(third);
  expect(there.told).toEqual(['take over']);
});

test('another build that takes the page over is said to come from another tab', async () => {
  await keepForOffline();
  const offered = nextOffer();
  container.controller = new FakeServiceWorker();
  container.dispatchEvent(new Event('controllerchange'));
  expect(await offered).toEqual({ type: 'elsewhere' });
});
