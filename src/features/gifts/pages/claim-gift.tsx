import { Hono } from 'hono';
import { formatBytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Amount,
  Button,
  ErrorSummary,
  Form,
  LinkButton,
  Notice,
  Page,
  RadioCards,
  renderPage,
  SummaryList,
  type SummaryRow,
} from '../../../infra/ui/components.tsx';
import { momentWords, subscriptionName, untilDay } from '../../data/index.ts';
import { claimTokenHash } from '../claim-token.ts';
import { whoWords } from '../messages.ts';
import { refusalText, returnRefusalText } from '../refusal-text.ts';
import { usableUntil } from '../rules/claim.ts';
import { giftText } from '../text.ts';
import { type GiftView, giftByToken, type OwnSubscription, ownSubscriptions } from '../view-store.ts';
import { askToDecline } from './decline.tsx';
import type { GiftPageDeps } from './deps.ts';
import { requestIdIn } from './new-gift.tsx';
import { LinkFirst, talkUrl } from './not-linked.tsx';
import { pageText } from './text.ts';

interface Problem {
  readonly text: string;
  readonly isFinal: boolean;
}

/** GET and POST /gifts/claim/:token: the gift of a share link, for whoever has it; …/decline asks before it is declined. */
export function claimGiftPages(deps: GiftPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, actions } = deps;

  app.get('/gifts/claim/:token', async (c) => {
    const found = await find(c);
    return found === null ? c.notFound() : show(c, found);
  });

  app.get('/gifts/claim/:token/decline', async (c) => {
    const found = await find(c);
    if (found === null) return c.notFound();
    const claim = c.req.path.replace(/\/decline$/, '');
    const fields = <input type="hidden" name="action" value="decline" />;
    return askToDecline(c, operator, { gift: found.gift, action: claim, cancelHref: claim, fields });
  });

  app.post('/gifts/claim/:token', async (c) => {
    const found = await find(c);
    if (found === null) return c.notFound();
    const { gift, own, lineUserId } = found;
    const { language } = c.var;
    const form = await readForm(c);
    const requestId = `page:${lineUserId}:${requestIdIn(form)}`;
    if (form('action') === 'decline') {
      const submitted = await actions.returnGift({ requestId, gift, reason: 'declined', byLineUserId: lineUserId });
      if (submitted.ok && submitted.answer.result === 'not-returned') {
        return show(c, found, { text: returnRefusalText(submitted.answer.code, language), isFinal: true });
      }
      return c.redirect(`${c.req.path}?done=declined`, 303);
    }
    const receiver = own.length === 1 ? own[0] : own.find((each) => each.subscriptionId === form('subscription'));
    if (own.length === 0) return show(c, found);
    if (receiver === undefined) {
      return show(c, found, { text: pageText(language).chooseSubscription, isFinal: false });
    }
    const submitted = await actions.claimGift({
      requestId,
      gift,
      receiverSubscriptionId: receiver.subscriptionId,
      receiverLineUserId: lineUserId,
    });
    if (submitted.ok && submitted.answer.result === 'refused') {
      const isFinal = ['already-claimed', 'no-longer-offered', 'expired'].includes(submitted.answer.code);
      return show(c, found, { text: refusalText(submitted.answer.code, null, language, operator), isFinal });
    }
    return c.redirect(c.req.path, 303);
  });

  interface Found {
    readonly gift: GiftView;
    readonly own: readonly OwnSubscription[];
    readonly lineUserId: string;
  }

  async function find(c: WebContext): Promise<Found | null> {
    const lineUserId = c.var.session?.lineUserId;
    const token = c.req.param('token') ?? '';
    if (!lineUserId || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
    const sql = runnerOf(deps.db);
    const [gift, own] = await Promise.all([
      giftByToken(sql, claimTokenHash(token)),
      ownSubscriptions(sql, lineUserId, deps.momentOf(deps.clock.now())),
    ]);
    return gift === null ? null : { gift, own, lineUserId };
  }

  function show(c: WebContext, { gift, own, lineUserId }: Found, problem?: Problem) {
    const { language } = c.var;
    const t = pageText(language);
    const who = whoWords(gift.senderName, language);
    const isMine = own.some((each) => each.subscriptionId === gift.senderSubscriptionId);
    const over = endWords(c, gift, lineUserId);
    const page = (
      <Page c={c} operator={operator} title={t.claimTitle(who)} hasErrors={problem !== undefined}>
        {problem === undefined || problem.isFinal ? null : (
          <ErrorSummary errors={[{ field: 'subscription', text: problem.text }]} language={language} />
        )}
        {problem?.isFinal ? <Notice kind="danger">{problem.text}</Notice> : null}
        {problem?.isFinal ? null : over === null ? (
          <Waiting c={c} gift={gift} own={own} isMine={isMine} error={problem?.text} />
        ) : (
          <Notice kind={over.isGood ? 'success' : 'info'}>{over.text}</Notice>
        )}
        {over?.isGood ? <LinkButton href="/data">{t.seeData}</LinkButton> : null}
        {over?.isGood === false || problem?.isFinal ? <Onward c={c} own={own} /> : null}
      </Page>
    );
    return renderPage(c, page, problem === undefined ? 200 : problem.isFinal ? 409 : 422);
  }

  /** What a gift that does not wait any more says to this person; null while it waits. */
  function endWords(c: WebContext, gift: GiftView, lineUserId: string): { text: string; isGood: boolean } | null {
    const { language } = c.var;
    const isOver = deps.clock.now().epochMilliseconds >= gift.expiresAt.epochMilliseconds;
    if (gift.state === 'claimed' && gift.receiverLineUserId === lineUserId) {
      return { text: pageText(language).claimedAmount(formatBytes(gift.amountBytes, operator.megabyte)), isGood: true };
    }
    if (gift.state === 'waiting' && !isOver) return null;
    if (gift.state === 'declined' && c.req.query('done') === 'declined') {
      return { text: pageText(language).declined, isGood: false };
    }
    const code = gift.state === 'claimed' ? 'already-claimed' : isOver ? 'expired' : 'no-longer-offered';
    return { text: refusalText(code, null, language, operator), isGood: false };
  }

  /** Until when it could be used if taken now; not told where that hangs on what it came from. */
  function usableRow(gift: GiftView, language: Language): SummaryRow[] {
    const policy = operator.giftPolicy;
    if (policy.receivedUntil === 'original') return [];
    const end = usableUntil({
      policy,
      givenIn: gift.month,
      claimedAt: deps.clock.now(),
      originalEnd: gift.expiresAt,
      zone: operator.timeZone,
      endOf: deps.calendar.endOf,
    });
    return [{ term: pageText(language).usable, value: untilDay(end, deps.calendar, language) }];
  }

  /** From a gift that cannot be received any more: to the gifts, or to the talk for who is linked to nothing. */
  function Onward({ c, own }: { c: WebContext; own: readonly OwnSubscription[] }) {
    const t = pageText(c.var.language);
    return own.length > 0 ? (
      <LinkButton kind="secondary" href="/gifts">
        {t.listTitle}
      </LinkButton>
    ) : (
      <LinkButton kind="secondary" href={talkUrl(operator)}>
        {t.openTalk}
      </LinkButton>
    );
  }

  function Waiting(props: {
    c: WebContext;
    gift: GiftView;
    own: readonly OwnSubscription[];
    isMine: boolean;
    error: string | undefined;
  }) {
    const { c, gift, own } = props;
    const { language } = c.var;
    const t = pageText(language);
    const giftWords = giftText(language);
    return (
      <>
        <Amount bytes={gift.amountBytes} megabyte={operator.megabyte} />
        <SummaryList
          rows={[
            { term: t.until, value: momentWords(gift.expiresAt, operator.timeZone, language) },
            ...usableRow(gift, language),
          ]}
        />
        {props.isMine && own.length === 1 ? (
          <>
            <Notice kind="info">{t.yours}</Notice>
            <LinkButton kind="secondary" href={`/gifts/${gift.giftId}`}>
              {t.seeGift}
            </LinkButton>
          </>
        ) : own.length === 0 ? (
          <LinkFirst c={c} operator={operator} />
        ) : (
          <Form action={c.req.path} requestId={newId()}>
            {own.length > 1 ? (
              <RadioCards
                name="subscription"
                legend={t.whichSubscription}
                error={props.error}
                options={own.map((each) => ({
                  value: each.subscriptionId,
                  label: subscriptionName(each, language),
                  isDisabled: each.subscriptionId === gift.senderSubscriptionId,
                }))}
              />
            ) : null}
            <Actions>
              <Button name="action" value="claim">
                {giftWords.accept}
              </Button>
              <LinkButton kind="quiet" href={`${c.req.path}/decline`}>
                {giftWords.decline}
              </LinkButton>
            </Actions>
          </Form>
        )}
      </>
    );
  }

  return app;
}
