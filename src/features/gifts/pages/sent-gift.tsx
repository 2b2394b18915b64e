import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Button,
  Card,
  Code,
  CopyButton,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { shareUrl } from '../../../infra/ui/share.ts';
import { momentWords } from '../../data/index.ts';
import { whoWords } from '../messages.ts';
import { receiverWords } from '../receiver-words.ts';
import { returnRefusalText } from '../refusal-text.ts';
import { giftText } from '../text.ts';
import { type GiftView, sentGift } from '../view-store.ts';
import type { GiftPageDeps } from './deps.ts';
import { requestIdIn } from './new-gift.tsx';
import { pageText } from './text.ts';

/** GET /gifts/:gift, POST /gifts/:gift/take-back: a gift this person sent. */
export function sentGiftPages(deps: GiftPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, publicUrl, tokens, codes } = deps;

  app.get('/gifts/:gift', async (c) => {
    const gift = await own(c);
    return gift === null ? c.notFound() : show(c, gift);
  });

  app.post('/gifts/:gift/take-back', async (c) => {
    const gift = await own(c);
    const lineUserId = c.var.session?.lineUserId;
    if (gift === null || !lineUserId) return c.notFound();
    const requestId = `page:${lineUserId}:${requestIdIn(await readForm(c))}`;
    const submitted = await deps.actions.returnGift({
      requestId,
      gift,
      reason: 'taken-back',
      byLineUserId: lineUserId,
    });
    if (submitted.ok && submitted.answer.result === 'not-returned') {
      const fresh = (await own(c)) ?? gift;
      return show(c, fresh, returnRefusalText(submitted.answer.code, c.var.language));
    }
    return c.redirect(`/gifts/${gift.giftId}`, 303);
  });

  async function own(c: WebContext): Promise<GiftView | null> {
    const lineUserId = c.var.session?.lineUserId;
    return lineUserId ? sentGift(runnerOf(deps.db), lineUserId, c.req.param('gift') ?? '') : null;
  }

  function show(c: WebContext, gift: GiftView, problem?: string) {
    const { language } = c.var;
    const t = pageText(language);
    const giftWords = giftText(language);
    const amount = formatBytes(gift.amountBytes, operator.megabyte);
    const until = momentWords(gift.expiresAt, operator.timeZone, language);
    const isWaiting = gift.state === 'waiting';
    const page = (
      <Page
        c={c}
        operator={operator}
        title={t.sentTitle(amount)}
        nav="gifts"
        hasErrors={problem !== undefined}
        back={{ href: '/gifts', label: t.listTitle }}
      >
        {problem === undefined ? <StateNotice c={c} gift={gift} /> : <Notice kind="danger">{problem}</Notice>}
        {isWaiting && gift.way === 'share-link' ? <Share c={c} gift={gift} amount={amount} until={until} /> : null}
        {isWaiting && gift.way === 'gift-code' ? <CodeToTell c={c} gift={gift} /> : null}
        <Card>
          <SummaryList
            rows={[
              { term: t.howMuch, value: <span class="figure">{amount}</span> },
              { term: t.who, value: receiverWords(gift, language) },
              { term: t.state, value: giftWords.states[gift.state] },
              ...(isWaiting ? [{ term: t.until, value: <span class="figure">{until}</span> }] : []),
            ]}
          />
        </Card>
        {isWaiting ? (
          <Card title={t.takeBackTitle}>
            <p>{t.takeBackHint}</p>
            <Form action={`/gifts/${gift.giftId}/take-back`} requestId={newId()}>
              <Button kind="secondary">{giftWords.takeBack}</Button>
            </Form>
          </Card>
        ) : null}
      </Page>
    );
    return renderPage(c, page, problem === undefined ? 200 : 409);
  }

  function StateNotice({ c, gift }: { c: WebContext; gift: GiftView }) {
    const { language } = c.var;
    const t = pageText(language);
    const amount = formatBytes(gift.amountBytes, operator.megabyte);
    const who = whoWords(gift.receiverName, language);
    switch (gift.state) {
      case 'waiting':
        return <Notice kind="success">{waitingWords(gift, { language, amount, who })}</Notice>;
      case 'claimed':
        return <Notice kind="success">{t.came(who)}</Notice>;
      case 'taken-back':
        return <Notice kind="info">{t.wasTakenBack}</Notice>;
      case 'declined':
      case 'expired':
        return <Notice kind="info">{giftText(language).cameBackTitle[gift.state](who, amount)}</Notice>;
    }
  }

  function CodeToTell({ c, gift }: { c: WebContext; gift: GiftView }) {
    const { language } = c.var;
    const t = pageText(language);
    const code = codes.codeOf(gift.giftId);
    return (
      <Card title={t.codeCard}>
        <p class="code-line">
          <Code code={code} />
          <CopyButton text={code} language={language} />
        </p>
        <p class="muted">{t.codeOnce}</p>
      </Card>
    );
  }

  function Share(props: { c: WebContext; gift: GiftView; amount: string; until: string }) {
    const { language } = props.c.var;
    const t = pageText(language);
    const link = `${publicUrl}/gifts/claim/${tokens.tokenOf(props.gift.giftId)}`;
    const words = `${t.shareText(props.amount, props.until)}\n${link}`;
    return (
      <Card>
        <LinkButton href={shareUrl(words)}>{t.share}</LinkButton>
        <CopyButton text={link} language={language} />
        <p class="muted">{t.linkOnce}</p>
      </Card>
    );
  }

  return app;
}

/** What happens next with a gift that waits. To a phone number the words are the same, whoever has it. */
function waitingWords(gift: GiftView, said: { language: Language; amount: string; who: string }): string {
  const { language, amount, who } = said;
  const t = pageText(language);
  switch (gift.way) {
    case 'share-link':
      return t.setAside(amount);
    case 'gift-code':
      return t.setAsideCode(amount);
    case 'phone-number':
      return t.setAsideNumber(amount);
    default:
      return t.told(who);
  }
}
