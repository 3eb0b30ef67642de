import { expect, expectTypeOf, test, vi } from 'vitest';
import { en } from '../language/en/catalog.ts';
import { speak } from '../language/say.ts';
import { SaidError, sentence } from '../language/sentence.ts';
import { zh } from '../language/zh/catalog.ts';
import { LocalWorker, local } from '../testing/local-worker.ts';
import { type Call, connect, failureOf, RemoteError, serve, Withdrawn } from './rpc.ts';

interface MathApi {
  add(request: { readonly a: number; readonly b: number }): Promise<number>;
  count(request: { readonly to: number }, call: Call<number>): Promise<readonly number[]>;
  ping(): Promise<'pong'>;
  fail(): Promise<void>;
  wait(request: { readonly name: string }, call: Call<string>): Promise<string>;
  fill(request: { readonly bytes: Uint8Array<ArrayBuffer> }, call: Call): Promise<Uint8Array<ArrayBuffer>>;
}

class OddityError extends Error {
  override readonly name = 'OddityError';
}

function setUp() {
  const waiting = new Map<string, { readonly call: Call<string>; readonly done: (answer: string) => void }>();
  const events: string[] = [];
  const moved: Uint8Array[] = [];
  let emitted: (event: string) => void = () => {};
  const client = local<MathApi, string>(
    (emit) => {
      emitted = emit;
      return {
        add: async ({ a, b }) => a + b,
        count: async ({ to }, { onProgress }) => {
          const numbers = Array.from({ length: to }, (_, index) => index + 1);
          numbers.forEach(onProgress);
          return numbers;
        },
        ping: async () => 'pong',
        fail: async () => {
          throw new OddityError('numbers: 3 is odd; choose another');
        },
        wait: ({ name }, call) => new Promise((done) => waiting.set(name, { call, done })),
        fill: async ({ bytes }, { transfer }) => {
          bytes.fill(7);
          moved.push(bytes);
          transfer(bytes.buffer);
          return bytes;
        },
      };
    },
    (event) => events.push(event),
  );
  const answer = async (name: string) => {
    waiting.get(name)?.done(`${name} is done`);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { client, waiting, events, moved, answer, emit: (event: string) => emitted(event) };
}

test('the types of request, answer and progress follow from the method', async () => {
  const { client } = setUp();
  expectTypeOf(client.call('add', { a: 1, b: 2 })).toEqualTypeOf<Promise<number>>();
  expectTypeOf(client.call('ping')).toEqualTypeOf<Promise<'pong'>>();
  // @ts-expect-error a request lacks what the method needs
  const lacking = client.call('add', { a: 1 });
  // @ts-expect-error a method that does not exist
  const unknown = client.call('subtract', { a: 1, b: 2 });
  // @ts-expect-error progress is numbers
  const odd = client.call('count', { to: 1 }, { onProgress: (text: string) => text });
  await Promise.all([lacking, odd]);
  await expect(unknown).rejects.toThrow('is not a function');
  expect(await client.call('add', { a: 1, b: 2 })).toBe(3);
});

test('progress is heard by the call that it belongs to, before its answer', async () => {
  const { client } = setUp();
  const heard: number[][] = [[], []];
  const [two, three] = await Promise.all([
    client.call('count', { to: 2 }, { onProgress: (part) => heard[0]?.push(part) }),
    client.call('count', { to: 3 }, { onProgress: (part) => heard[1]?.push(part) }),
  ]);
  expect(heard).toEqual([two, three]);
});

test('two calls may be answered in another order than they were made', async () => {
  const { client, answer } = setUp();
  const first = client.call('wait', { name: 'first' });
  const second = client.call('wait', { name: 'second' });
  await answer('second');
  expect(client.pending).toBe(1);
  expect(await second).toBe('second is done');
  await answer('first');
  expect(await first).toBe('first is done');
  expect(client.pending).toBe(0);
});

test('an error keeps its name and its sentence', async () => {
  const { client } = setUp();
  const failing = client.call('fail');
  await expect(failing).rejects.toBeInstanceOf(RemoteError);
  await expect(failing).rejects.toMatchObject({ name: 'OddityError', message: 'numbers: 3 is odd; choose another' });
});

test('an error that is a sentence is said in the language of the page', () => {
  const failure = failureOf(new SaidError(sentence('charts.stepNumber', { step: 3 })));
  expect(failure.message).toBe('step 3');
  speak('zh', zh);
  expect(new RemoteError(failure).message).toBe('第 3 步');
  speak('en', en);
});

test('buffers are moved and not copied, both ways', async () => {
  const { client, moved } = setUp();
  const bytes = new Uint8Array(4);
  const filled = await client.call('fill', { bytes }, { transfer: [bytes.buffer] });
  expect([bytes.byteLength, moved[0]?.byteLength]).toEqual([0, 0]);
  expect([...filled]).toEqual([7, 7, 7, 7]);
});

test('a call that was withdrawn before it begins is never made', async () => {
  const { client, waiting } = setUp();
  const signal = AbortSignal.abort();
  await expect(client.call('wait', { name: 'never' }, { signal })).rejects.toBeInstanceOf(Withdrawn);
  expect(waiting.size).toBe(0);
});

test('a call that is withdrawn rejects at once, the worker hears of it, and what comes then is dropped', async () => {
  const { client, waiting, answer } = setUp();
  const controller = new AbortController();
  const parts: string[] = [];
  const call = client.call('wait', { name: 'long' }, { signal: controller.signal, onProgress: (p) => parts.push(p) });
  waiting.get('long')?.call.onProgress('half');
  controller.abort();
  await expect(call).rejects.toBeInstanceOf(Withdrawn);
  expect(waiting.get('long')?.call.signal.aborted).toBe(true);
  waiting.get('long')?.call.onProgress('too late');
  await answer('long');
  expect(parts).toEqual(['half']);
  expect(client.pending).toBe(0);
});

test('a signal that is aborted after the answer does nothing', async () => {
  const { client, waiting, answer } = setUp();
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const call = client.call('wait', { name: 'short' }, { signal: controller.signal });
  await answer('short');
  expect(removed).toHaveBeenCalledOnce();
  controller.abort();
  expect(waiting.get('short')?.call.signal.aborted).toBe(false);
  expect(await call).toBe('short is done');
});

test('an answer that comes although the call was withdrawn is dropped on the page too', async () => {
  const { page, onPage } = new LocalWorker();
  const connection = connect<MathApi>(page);
  const controller = new AbortController();
  const call = connection.call('ping', undefined, { signal: controller.signal });
  controller.abort();
  onPage.dispatchEvent(new MessageEvent('message', { data: { type: 'answer', id: 1, answer: 'pong' } }));
  await expect(call).rejects.toBeInstanceOf(Withdrawn);
});

test('a request that cannot be cloned is refused, and nothing waits for it', async () => {
  const { client } = setUp();
  const bytes = new Uint8Array(4);
  const twice = client.call('fill', { bytes }, { transfer: [bytes.buffer, bytes.buffer] });
  await expect(twice).rejects.toThrow();
  expect(client.pending).toBe(0);
});

test('events are heard in order; once the connection is closed nothing is, and all calls reject', async () => {
  const { client, waiting, events, emit } = setUp();
  emit('one');
  emit('two');
  const calls = ['a', 'b'].map((name) => client.call('wait', { name }));
  const gone = new OddityError('worker: it is gone');
  client.close(gone);
  emit('three');
  waiting.get('a')?.done('too late');
  expect(await Promise.allSettled(calls)).toEqual(calls.map(() => ({ status: 'rejected', reason: gone })));
  await expect(client.call('ping')).rejects.toBe(gone);
  expect(events).toEqual(['one', 'two']);
});

test('a method may reject by itself what the page still waits for', async () => {
  const { page, scope } = new LocalWorker();
  const connection = connect<Pick<MathApi, 'ping'>>(page);
  serve<Pick<MathApi, 'ping'>>(scope, () => ({ ping: () => Promise.reject(new Withdrawn()) }));
  await expect(connection.call('ping')).rejects.toMatchObject({ name: 'Withdrawn' });
});

test('a worker posts nothing of a call that was withdrawn', async () => {
  const { page, scope, onPage } = new LocalWorker();
  const connection = connect<Pick<MathApi, 'wait'>>(page);
  const calls: Call<string>[] = [];
  let finish: (answer: string) => void = () => {};
  serve<Pick<MathApi, 'wait'>>(scope, () => ({
    wait: (_, call) => {
      calls.push(call);
      return new Promise((done) => {
        finish = done;
      });
    },
  }));
  const posted = vi.fn();
  onPage.addEventListener('message', posted);
  const controller = new AbortController();
  const call = connection.call('wait', { name: 'long' }, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toBeInstanceOf(Withdrawn);
  calls[0]?.onProgress('too late');
  finish('too late');
  await new Promise((resolve) => setTimeout(resolve));
  expect(posted).not.toHaveBeenCalled();
});
