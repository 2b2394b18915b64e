import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  DataTable,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatShortDay } from '../../../infra/ui/format.ts';
import { momentWords } from '../../data/index.ts';
import { whoWords } from '../messages.ts';
import { receiverWords } from '../receiver-words.ts';
import { refusalText, returnRefusalText } from '../refusal-text.ts';
import { giftText } from '../text.ts';
import { type GiftView, namedGift, ownSubscriptions, receivedGifts, sentGifts } from '../view-store.ts';
import { askToDecline } from './decline.tsx';
import type { GiftPageDeps } from './deps.ts';
import { requestIdIn } from './new-gift.tsx';
import { NotLinked } from './not-linked.tsx';
import { pageText } from './text.ts';

/**
 * GET /gifts; POST /gifts/:gift/accept, and GET and POST /gifts/:gift/decline, which asks first: for gifts that name this
 * person's subscription.
 */
export function giftListPages(deps: GiftPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, actions } = deps;

  app.get('/gifts', (c) => show(c));

  app.post('/gifts/:gift/accept', async (c) => {
    const lineUserId = c.var.session?.lineUserId ?? '';
    const gift = await namedGift(runnerOf(deps.db), lineUserId, c.req.param('gift'));
    if (gift?.receiverSubscriptionId == null) return c.notFound();
    const submitted = await actions.claimGift({
      requestId: `page:${lineUserId}:${requestIdIn(await readForm(c))}`,
      gift,
      receiverSubscriptionId: gift.receiverSubscriptionId,
      receiverLineUserId: lineUserId,
    });
    if (submitted.ok && submitted.answer.result === 'refused') {
      return show(c, refusalText(submitted.answer.code, null, c.var.language, operator));
    }
    return c.redirect('/gifts?done=accepted', 303);
  });

  app.get('/gifts/:gift/decline', async (c) => {
    const gift = await namedGift(runnerOf(deps.db), c.var.session?.lineUserId ?? '', c.req.param('gift'));
    if (gift === null) return c.notFound();
    return askToDecline(c, operator, { gift, action: c.req.path, cancelHref: '/gifts' });
  });

  app.post('/gifts/:gift/decline', async (c) => {
    const lineUserId = c.var.session?.lineUserId ?? '';
    const gift = await namedGift(runnerOf(deps.db), lineUserId, c.req.param('gift'));
    if (gift === null) return c.notFound();
    const requestId = `page:${lineUserId}:${requestIdIn(await readForm(c))}`;
    const submitted = await actions.returnGift({ requestId, gift, reason: 'declined', byLineUserId: lineUserId });
    if (submitted.ok && submitted.answer.result === 'not-returned') {
      return show(c, returnRefusalText(submitted.answer.code, c.var.language));
    }
    return c.redirect('/gifts?done=declined', 303);
  });

  async function show(c: WebContext, problem?: string) {
    const lineUserId = c.var.session?.lineUserId;
    if (!lineUserId) return c.notFound();
    const { language } = c.var;
    const t = pageText(language);
    const giftWords = giftText(language);
    const sql = runnerOf(deps.db);
    const now = deps.clock.now();
    const [own, sent, received] = await Promise.all([
      ownSubscriptions(sql, lineUserId, deps.momentOf(now)),
      sentGifts(sql, lineUserId),
      receivedGifts(sql, lineUserId),
    ]);
    if (own.length === 0) return renderPage(c, <NotLinked c={c} operator={operator} />);
    const isWaiting = (gift: GiftView) =>
      gift.state === 'waiting' && gift.expiresAt.epochMilliseconds > now.epochMilliseconds;
    const page = (
      <Page c={c} operator={operator} title={t.listTitle} nav="gifts" hasErrors={!!problem}>
        {problem === undefined ? <Done c={c} /> : <Notice kind="danger">{problem}</Notice>}
        {received.filter(isWaiting).map((gift) => (
          <WaitingForYou c={c} gift={gift} />
        ))}
        <Actions>
          <LinkButton href="/gifts/new">{giftWords.giveData}</LinkButton>
          {operator.giftPolicy.ways.includes('gift-code') ? (
            <LinkButton kind="secondary" href="/gifts/code">
              {giftWords.enterCode}
            </LinkButton>
          ) : null}
        </Actions>
        <Card title={t.sent}>{sent.length === 0 ? <p>{t.none}</p> : <Sent c={c} gifts={sent} />}</Card>
        <Card title={t.received}>
          <Received c={c} gifts={received.filter((gift) => gift.state === 'claimed')} />
        </Card>
      </Page>
    );
    return renderPage(c, page, problem === undefined ? 200 : 409);
  }

  function Done({ c }: { c: WebContext }) {
    const done = c.req.query('done');
    const { language } = c.var;
    const t = pageText(language);
    if (done === 'accepted') return <Notice kind="success">{t.claimed}</Notice>;
    if (done === 'declined') return <Notice kind="success">{t.declined}</Notice>;
    return null;
  }

  function WaitingForYou({ c, gift }: { c: WebContext; gift: GiftView }) {
    const { language } = c.var;
    const t = giftText(language);
    const amount = formatBytes(gift.amountBytes, operator.megabyte);
    const until = momentWords(gift.expiresAt, operator.timeZone, language);
    return (
      <Card title={t.offeredTitle(whoWords(gift.senderName, language), amount)}>
        <p>{t.offeredBody(until)}</p>
        <Actions>
          <Form action={`/gifts/${gift.giftId}/accept`} requestId={newId()}>
            <Button>{t.accept}</Button>
          </Form>
          <LinkButton kind="quiet" href={`/gifts/${gift.giftId}/decline`}>
            {t.decline}
          </LinkButton>
        </Actions>
      </Card>
    );
  }

  function Sent({ c, gifts }: { c: WebContext; gifts: readonly GiftView[] }) {
    const { language } = c.var;
    const t = pageText(language);
    return (
      <DataTable
        caption={t.sent}
        isUnderHeading
        head={[t.day, t.who, t.howMuch, t.state]}
        rows={gifts.map((gift) => [
          day(gift, c),
          receiverWords(gift, language),
          formatBytes(gift.amountBytes, operator.megabyte),
          <a href={`/gifts/${gift.giftId}`}>{giftText(language).states[gift.state]}</a>,
        ])}
        numeric={[2]}
      />
    );
  }

  function Received({ c, gifts }: { c: WebContext; gifts: readonly GiftView[] }) {
    const { language } = c.var;
    const t = pageText(language);
    if (gifts.length === 0) return <p>{t.none}</p>;
    return (
      <DataTable
        caption={t.received}
        isUnderHeading
        head={[t.day, t.who, t.howMuch]}
        rows={gifts.map((gift) => [
          day(gift, c),
          whoWords(gift.senderName, language),
          formatBytes(gift.amountBytes, operator.megabyte),
        ])}
        numeric={[2]}
      />
    );
  }

  function day(gift: GiftView, c: WebContext): string {
    return formatShortDay(dayOf(gift.endedAt ?? gift.offeredAt, operator.timeZone), c.var.language);
  }

  return app;
}
