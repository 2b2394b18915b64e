import { text } from '../../infra/line/flex.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { CredentialsDeps } from './deps.ts';
import { noticeText } from './notice-text.ts';
import { answerTap } from './proof.ts';

/** Hears 「はい、わたしです」 and 「いいえ、ちがいます」. No word starts it: a question has its buttons. */
export function proofTalk(deps: CredentialsDeps): TalkHandler {
  return {
    name: 'proof',
    words: [],
    async hear({ lineUserId, language }, heard) {
      if (heard.kind !== 'button') return [];
      const answer = heard.action === 'yes' ? 'yes' : 'no';
      const said = await answerTap(deps, { tapId: heard.params.get('tap') ?? '', answer, lineUserId });
      return [text(noticeText(language).tap[said])];
    },
  };
}
