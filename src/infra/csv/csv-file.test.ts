import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { csvRows, missingOf, type Rejected, textOf } from './csv-file.ts';

const columns = {
  known: ['name', 'email', 'note'],
  missing: (header: readonly string[]) => missingOf({ name: 'name', email: 'email (where they are mailed)' }, header),
};

async function read(content: string | Buffer) {
  const faults: Rejected[] = [];
  const ignored: string[] = [];
  const rows: unknown[] = [];
  const source =
    typeof content === 'string'
      ? textOf('people.csv', content)
      : { name: 'people.csv', open: () => Readable.from([content]) };
  const options = {
    columns,
    onFault: (fault: Rejected) => faults.push(fault),
    onIgnored: (names: readonly string[]) => ignored.push(...names),
  };
  for await (const { row, line } of csvRows(source, options)) rows.push({ ...row, line });
  return { rows, faults: faults.map(({ line, code }) => ({ line, code })), ignored };
}

test('a mark at the beginning, lines of Windows, blanks, quotes, empty lines and lines within a cell', async () =>
  expect(await read('\ufeffname,email\r\n  森 進 , a@example.jp\r\n\r\n"a, b\r\nc",b@example.jp\r\n')).toEqual({
    rows: [
      { name: '森 進', email: 'a@example.jp', line: 2 },
      { name: 'a, b\r\nc', email: 'b@example.jp', line: 6 },
    ],
    faults: [],
    ignored: [],
  }));

test('a header without its columns, or with one of them twice, is refused in words', async () => {
  await expect(read('')).rejects.toThrow('people.csv holds nothing');
  await expect(read('name\na')).rejects.toThrow('people.csv lacks email (where they are mailed)');
  await expect(read('email,name,email,note,note\n')).rejects.toThrow(
    'people.csv has more than one column email and more than one column note',
  );
});

test('columns that nobody reads are told, and may come twice', async () =>
  expect(await read('name,email,,memo,memo,\na,b,1,2,3,4')).toMatchObject({
    rows: [{ name: 'a' }],
    ignored: ['memo', 'memo'],
  }));

test('a row with a cell too many, or in another encoding, is no row; one that is short has what it has', async () => {
  const shiftJis = Buffer.from([0x90, 0x58, 0x2c, 0x63, 0x0a]);
  const file = Buffer.concat([Buffer.from('name,email\na,b,c\n'), shiftJis, Buffer.from('d\0,e\nf\n')]);
  expect(await read(file)).toEqual({
    rows: [{ name: 'f', line: 5 }],
    faults: [
      { line: 2, code: 'not-a-row' },
      { line: 3, code: 'not-utf-8' },
      { line: 4, code: 'not-utf-8' },
    ],
    ignored: [],
  });
});
