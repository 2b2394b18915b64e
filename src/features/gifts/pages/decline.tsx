import type { Child } from 'hono/jsx';
import { formatBytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { ConfirmPage, renderPage } from '../../../infra/ui/components.tsx';
import { whoWords } from '../messages.ts';
import { giftText } from '../text.ts';
import type { GiftView } from '../view-store.ts';
import { pageText } from './text.ts';

/** Asks before a gift is declined: it does not come again. */
export function askToDecline(
  c: WebContext,
  operator: Operator,
  asked: { gift: GiftView; action: string; cancelHref: string; fields?: Child },
) {
  const { language } = c.var;
  const t = giftText(language);
  const { gift, ...way } = asked;
  const amount = formatBytes(gift.amountBytes, operator.megabyte);
  return renderPage(
    c,
    <ConfirmPage
      c={c}
      operator={operator}
      title={pageText(language).declineTitle}
      nav="gifts"
      confirmLabel={t.decline}
      isDangerous
      requestId={newId()}
      {...way}
    >
      <p>{t.askDecline(whoWords(gift.senderName, language), amount)}</p>
    </ConfirmPage>,
  );
}
