import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/** A small LIFF app: one page under `/liff` with the real SDK, and a server that checks the ID token it is sent. */
export interface LiffApp {
  endpointUrl: string;
  /** Where the certificates are and whose tokens are taken; set once the simulator is up. */
  trust(given: { apiOrigin: string; channelId: string; liffId: string }): void;
  stop(): Promise<void>;
}

const page = (liffId: string) => `<!doctype html><html lang="ja"><meta charset="utf-8"><title>LIFF</title>
<body data-liff-id="${liffId}"><button id="login">login</button><button id="share">share</button><button id="open-sub">sub</button>
<output id="state"></output><output id="shared"></output><output id="submitted"></output><script type="module" src="/app.js"></script>`;

const app = `
import liff from '@line/liff';
window.liff = liff;
const show = (id, value) => { document.getElementById(id).textContent = JSON.stringify(value ?? null); };
document.getElementById('login').onclick = () => liff.login();
document.getElementById('share').onclick = async () => {
  const message = { type: 'text', text: 'https://example.com/gift' };
  show('shared', await liff.shareTargetPicker([message]).catch((error) => ({ error: error.message })));
};
document.getElementById('open-sub').onclick = () => {
  liff.subWindow.on('submit', (result) => show('submitted', result));
  liff.subWindow.open({ url: 'https://liff.line.me/' + document.body.dataset.liffId + '/choose', appData: { for: 'gift' } });
};
try {
  await liff.init({ liffId: document.body.dataset.liffId });
  const isLoggedIn = liff.isLoggedIn();
  const answer = isLoggedIn && await fetch('/session', { method: 'POST', body: liff.getIDToken() });
  show('state', { isLoggedIn, isInClient: liff.isInClient(), session: answer && await answer.json() });
} catch (error) {
  show('state', { error: error.code + ' ' + error.message });
}`;

export async function startLiffApp(): Promise<LiffApp> {
  const bundled = await build({
    stdin: { contents: app, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const script = bundled.outputFiles[0]?.text ?? '';
  let trusted = { apiOrigin: '', channelId: '', liffId: '' };
  const server = createServer(async (request, response) => {
    if (request.url === '/app.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
    } else if (request.url === '/session') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const keys = createRemoteJWKSet(new URL('/oauth2/v2.1/certs', trusted.apiOrigin));
      const verified = await jwtVerify(Buffer.concat(chunks).toString(), keys, {
        algorithms: ['ES256'],
        issuer: 'https://access.line.me',
        audience: trusted.channelId,
      }).catch(() => null);
      response.writeHead(verified ? 200 : 401).end(JSON.stringify({ userId: verified?.payload.sub ?? null }));
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(trusted.liffId));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpointUrl: `http://127.0.0.1:${port}/liff`,
    trust: (given) => {
      trusted = given;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
