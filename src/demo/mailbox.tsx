import { Hono } from 'hono';
import type { Operator } from '../base/operator.ts';
import type { WebEnv } from '../infra/http/web-env.ts';
import type { Mail, MailTransport } from '../infra/mail/mail.ts';
import { Card, Page, renderPage } from '../infra/ui/components.tsx';

/** The demo's mail: nothing leaves the machine, everybody's is shown at `/demo/mail`, newest first. */
export interface Mailbox {
  readonly transport: MailTransport;
  routes(operator: Operator): Hono<WebEnv>;
  empty(): void;
}

const KEPT = 50;

/** Keeps the demo’s mail in memory and shows it at /demo/mail; nothing leaves the machine. */
export function createMailbox(): Mailbox {
  let mails: Mail[] = [];
  return {
    transport: {
      async send(mail) {
        mails = [mail, ...mails].slice(0, KEPT);
      },
    },
    empty() {
      mails = [];
    },
    routes: (operator) =>
      new Hono<WebEnv>().get('/demo/mail', (c) =>
        renderPage(
          c,
          <Page c={c} operator={operator} title={c.var.language === 'ja' ? '届いたメール' : 'Mail'}>
            {mails.length === 0 ? <p>{c.var.language === 'ja' ? 'まだありません。' : 'None yet.'}</p> : null}
            {mails.map((mail) => (
              <Card title={mail.subject}>
                <p class="muted">{mail.to}</p>
                {mail.text.split('\n\n').map((paragraph) => (
                  <p class="mail">{paragraph.split(/(https?:\/\/\S+)/).map(linked)}</p>
                ))}
              </Card>
            ))}
          </Page>,
        ),
      ),
  };
}

const linked = (part: string) => (/^https?:\/\//.test(part) ? <a href={part}>{part}</a> : part);
