import { createTransport } from 'nodemailer';
import { MailRefused, type MailTransport } from './mail.ts';

/** Mail by SMTP: `smtps://user:password@mail.example.jp`, or `smtp://…:587` which goes over to TLS. */
export function smtpTransport({ url, from }: { url: string; from: string }): MailTransport {
  const smtp = createTransport(url, { from });
  return {
    async send({ to, subject, text }) {
      try {
        await smtp.sendMail({ to: { name: '', address: to }, subject, text });
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
    },
  };
}

/** A refusal when the mail was certainly not taken: the server said no, or we never came to speak with it. */
function refusalOf(error: unknown): MailRefused | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = 'responseCode' in error ? Number(error.responseCode) : 0;
  if (status >= 400) return new MailRefused(`SMTP ${status}`, status < 500);
  const isUnreached = 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo');
  const isNameless = 'code' in error && error.code === 'EDNS';
  return isUnreached || isNameless ? new MailRefused('no mail server', true) : undefined;
}
