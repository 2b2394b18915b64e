import type { Call, Language } from '../../../contract.ts';
import type { Said } from '../words.ts';

/**
 * Why a call was refused, in a sentence: what the simulator noted, else LINE's message put into words.
 * Undefined when it was not refused.
 */
export function whyRefused(call: Call, language: Language): string | undefined {
  if (call.status !== null && call.status < 400) return call.refusal;
  const message = messageIn(call.responseBody);
  const known = KNOWN.find(({ says }) => says.test(message));
  if (known && language === 'ja') return `${known.means.ja}${detailsIn(call.responseBody)}`;
  if (call.refusal) return call.refusal;
  if (known) return known.means[language];
  if (call.status === null) return NO_ANSWER[call.direction][language];
  return message || `${call.status}`;
}

function messageIn(body: unknown): string {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return '';
  const found = 'message' in body ? body.message : 'error_description' in body ? body.error_description : '';
  return String(found ?? '');
}

/** `messages[0].text: May not be empty`, as LINE writes it: it is what one searches for. */
function detailsIn(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('details' in body) || !Array.isArray(body.details)) return '';
  return body.details.map(({ property, message }) => ` ${property}: ${message}`).join('、');
}

const NO_ANSWER: Record<Call['direction'], Said> = {
  webhook: {
    ja: 'アプリから2秒以内に返事がありませんでした。',
    en: 'The app did not answer within 2 seconds.',
  },
  received: { ja: '返事の前に接続を切りました。', en: 'The connection was cut before the answer.' },
};

const KNOWN: { says: RegExp; means: Said }[] = [
  {
    says: /^Invalid reply token/,
    means: {
      ja: '返信トークンが使えません（使えるのは1回だけ、受け取ってから1分以内です）。',
      en: 'The reply token is used up, unknown or older than a minute.',
    },
  },
  {
    says: /^The retry key is already accepted/,
    means: {
      ja: '同じ再試行キーですでに受け付けています。送信は済んでいます。',
      en: 'This retry key was accepted before: the message has been sent.',
    },
  },
  {
    says: /^Authentication failed/,
    means: { ja: 'アクセストークンが正しくないか、期限切れです。', en: 'The access token is wrong or has expired.' },
  },
  {
    says: /rate limit/,
    means: {
      ja: '短い時間に呼び出しが多すぎます。少し待ってからやり直します。',
      en: 'Too many calls: wait, then retry.',
    },
  },
  {
    says: /monthly limit/,
    means: { ja: '今月送れる数を使い切りました。', en: 'The month’s quota of messages is used up.' },
  },
  {
    says: /^The request body has \d+ error/,
    means: {
      ja: '送られた内容が正しくありません。',
      en: 'The body is not valid.',
    },
  },
  {
    says: /^Failed to send messages/,
    means: { ja: '送り先が正しくありません。', en: 'The receiver is not somebody one may send to.' },
  },
];
