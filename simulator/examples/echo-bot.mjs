// A LINE bot with nothing but Node: says back what it hears, and greets by name.
//
//     CHANNEL_SECRET=my-secret CHANNEL_ACCESS_TOKEN=my-token LINE_API=http://127.0.0.1:9101 node echo-bot.mjs 4000

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { CHANNEL_SECRET = '', CHANNEL_ACCESS_TOKEN = '', LINE_API = 'https://api.line.me' } = process.env;

async function call(path, body) {
  const answer = await fetch(LINE_API + path, {
    headers: { authorization: `Bearer ${CHANNEL_ACCESS_TOKEN}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

async function answerTo(event) {
  if (event.type === 'follow')
    return `${(await call(`/v2/bot/profile/${event.source.userId}`)).displayName}さん、はじめまして！`;
  return event.type === 'message' && event.message.type === 'text' ? event.message.text : null;
}

function isGenuine(body, signature = '') {
  const expected = createHmac('sha256', CHANNEL_SECRET).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(body, request.headers['x-line-signature'])) return response.writeHead(401).end();
  response.end();
  for (const event of JSON.parse(body.toString()).events) {
    const text = await answerTo(event);
    if (text && event.mode === 'active') {
      await call('/v2/bot/message/reply', { replyToken: event.replyToken, messages: [{ type: 'text', text }] });
    }
  }
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}/callback`);
});
