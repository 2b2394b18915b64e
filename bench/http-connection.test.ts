import { expect, test } from 'vitest';
import { readAnswer } from './http-connection.ts';

const read = (text: string) => {
  const answer = readAnswer(Buffer.from(text));
  return typeof answer === 'object' ? [answer.status, answer.body()] : answer;
};

test.each([
  ['a whole answer', 'HTTP/1.1 201 Created\r\nx: y\r\nContent-Length: 5\r\n\r\nはい'.replace('5', '6'), [201, 'はい']],
  ['one without a body', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx: y\r\n\r\n', [200, '']],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le', undefined],
  ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n12', undefined],
  ['more than was asked for', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n12', 'strange'],
  ['a body of unknown length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'strange'],
  ['a length in the body', 'HTTP/1.1 200 OK\r\nx: y\r\n\r\n\r\ncontent-length: 3\r\n', 'strange'],
  ['no HTTP', 'hello\r\n\r\n', 'strange'],
])('%s', (_, text, answer) => expect(read(text)).toEqual(answer));
