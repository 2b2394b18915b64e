import { expect, test } from 'vitest';
import { createStreams, type Hearing, type StreamOptions } from './streams.ts';

const decoder = new TextDecoder();
const change = (key: string) => ({ topic: 'conversation', key });
const everybody: Hearing = { hears: () => true, isWelcome: async () => true };

function open(hearing: Partial<Hearing> = {}, options: StreamOptions = { heartbeatMs: 60_000 }) {
  const streams = createStreams(options);
  const reader = streams.open({ ...everybody, ...hearing })?.getReader();
  if (!reader) throw new Error('no stream');
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? 'end' : decoder.decode(value).trim();
  };
  return { streams, reader, next };
}

test('a page is greeted, told of each change it hears, and told when to come back', async () => {
  const { streams, next } = open({ hears: ({ key }) => key !== 'of-others' });
  expect(await next()).toBe('retry: 1000\nevent: hello\ndata:');
  streams.tell(change('of-others'));
  streams.tell(change('a'));
  expect(await next()).toBe('event: changed\ndata: conversation:a');
});

test('what a slow page has not taken yet is told once, and beyond a hundred as everything', async () => {
  const { streams, next } = open();
  await next();
  for (let round = 0; round < 3; round += 1) for (const key of ['a', 'b']) streams.tell(change(key));
  expect(await next()).toBe('event: changed\ndata: conversation:a conversation:b');
  for (let index = 0; index < 5_000; index += 1) streams.tell(change(`k${index}`));
  expect(await next()).toBe('event: everything\ndata:');
  streams.tell(change('z'));
  expect(await next()).toBe('event: changed\ndata: conversation:z');
});

test('after a gap every page reads everything', async () => {
  const { streams, next } = open({ hears: () => false });
  await next();
  streams.tellAll();
  expect(await next()).toBe('event: everything\ndata:');
});

test('a silent stream says that it lives', async () => {
  const { next } = open({}, { heartbeatMs: 1 });
  await next();
  expect(await next()).toBe(': here');
});

test('who may not hear any more is told, and the stream ends', async () => {
  const { next } = open({ isWelcome: async () => false }, { heartbeatMs: 1 });
  await next();
  expect(await next()).toBe('event: over\ndata:');
  expect(await next()).toBe('end');
});

test('a database that cannot say who may hear ends no stream', async () => {
  const { next } = open({ isWelcome: () => Promise.reject(new Error('gone')) }, { heartbeatMs: 1 });
  await next();
  expect(await next()).toBe(': here');
});

test('stopping ends all streams and opens no more', async () => {
  const { streams, next } = open();
  await next();
  streams.stop();
  expect(await next()).toBe('end');
  expect(streams.open(everybody)).toBeNull();
});

test('there are at most so many, and one that its browser left makes room', async () => {
  const { streams, reader } = open({}, { heartbeatMs: 60_000, most: 1 });
  expect(streams.open(everybody)).toBeNull();
  await reader.cancel();
  expect(streams.open(everybody)).not.toBeNull();
});
