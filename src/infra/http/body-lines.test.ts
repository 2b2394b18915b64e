import { expect, test } from 'vitest';
import { bodyLines, LineTooLong } from './body-lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body of these chunks, and how many of them were asked for. */
function bodyOf(chunks: readonly (Uint8Array | Error)[]) {
  const given = { count: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[given.count];
        given.count += 1;
        if (chunk === undefined) controller.close();
        else if (chunk instanceof Error) controller.error(chunk);
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, given };
}

async function groups(chunks: readonly (Uint8Array | Error)[], of: { atOnce: number; longest?: number }) {
  const read: (readonly string[])[] = [];
  const failed = await (async () => {
    for await (const group of bodyLines(bodyOf(chunks).body, of)) read.push(group);
  })().catch((error: unknown) => error);
  return { read, failed };
}

test('lines are the same wherever the chunks are cut, also within a letter', async () => {
  const text = '{"a":"通信量"}\r\n\n{"b":2}\n   \n{"c":3}';
  const whole = bytes(text);
  for (let cut = 1; cut < whole.length; cut += 1) {
    const { read } = await groups([whole.slice(0, cut), whole.slice(cut)], { atOnce: 2 });
    expect(read.flat().map((line) => JSON.parse(line))).toEqual([{ a: '通信量' }, { b: 2 }, { c: 3 }]);
    expect(read[0]).toHaveLength(2);
  }
});

test('nothing is read ahead of whoever uses the lines', async () => {
  const { body, given } = bodyOf(Array.from({ length: 100 }, () => bytes('x\n')));
  const lines = bodyLines(body, { atOnce: 2 });
  await lines.next();
  expect(given.count).toBeLessThanOrEqual(3);
});

test('of a body that breaks off, whole groups are handed out and the rest is not', async () => {
  const { read, failed } = await groups([bytes('1\n2\n3\n4'), new Error('cut')], { atOnce: 2 });
  expect(read).toEqual([['1', '2']]);
  expect(failed).toMatchObject({ message: 'cut' });
});

test('a line without an end is refused', async () => {
  const { failed } = await groups([bytes('x'.repeat(50)), bytes('x'.repeat(51))], { atOnce: 2, longest: 100 });
  expect(failed).toBeInstanceOf(LineTooLong);
});
