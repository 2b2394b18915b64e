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
import { stateNames, text } from '../text.ts';
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
    const amount = formatBytes(gift.amountBytes, operator.megabyte);
    const until = momentWords(gift.expiresAt, operator.timeZone, language);
    const isWaiting = gift.state === 'waiting';
    const page = (
      <Page
        c={c}
        operator={operator}
        title={pageText.sentTitle[language](amount)}
        nav="gifts"
        hasErrors={problem !== undefined}
        back={{ href: '/gifts', label: pageText.listTitle[language]() }}
      >
        {problem === undefined ? <StateNotice c={c} gift={gift} /> : <Notice kind="danger">{problem}</Notice>}
        {isWaiting && gift.way === 'share-link' ? <Share c={c} gift={gift} amount={amount} until={until} /> : null}
        {isWaiting && gift.way === 'gift-code' ? <CodeToTell c={c} gift={gift} /> : null}
        <Card>
          <SummaryList
            rows={[
              { term: pageText.howMuch[language](), value: <span class="figure">{amount}</span> },
              { term: pageText.who[language](), value: receiverWords(gift, language) },
              { term: pageText.state[language](), value: stateNames[gift.state][language]() },
              ...(isWaiting ? [{ term: pageText.until[language](), value: <span class="figure">{until}</span> }] : []),
            ]}
          />
        </Card>
        {isWaiting ? (
          <Card title={pageText.takeBackTitle[language]()}>
            <p>{pageText.takeBackHint[language]()}</p>
            <Form action={`/gifts/${gift.giftId}/take-back`} requestId={newId()}>
              <Button kind="secondary">{text.takeBack[language]()}</Button>
            </Form>
          </Card>
        ) : null}
      </Page>
    );
    return renderPage(c, page, problem === undefined ? 200 : 409);
  }

  function StateNotice({ c, gift }: { c: WebContext; gift: GiftView }) {
    const { language } = c.var;
    const amount = formatBytes(gift.amountBytes, operator.megabyte);
    const who = whoWords(gift.receiverName, language);
    switch (gift.state) {
      case 'waiting':
        return <Notice kind="success">{waitingWords(gift, { language, amount, who })}</Notice>;
      case 'claimed':
        return <Notice kind="success">{pageText.came[language](who)}</Notice>;
      case 'taken-back':
        return <Notice kind="info">{pageText.wasTakenBack[language]()}</Notice>;
      case 'declined':
      case 'expired':
        return <Notice kind="info">{text.cameBackTitle[gift.state][language](who, amount)}</Notice>;
    }
  }

  function CodeToTell({ c, gift }: { c: WebContext; gift: GiftView }) {
    const { language } = c.var;
    const code = codes.codeOf(gift.giftId);
    return (
      <Card title={pageText.codeCard[language]()}>
        <p class="code-line">
          <Code code={code} />
          <CopyButton text={code} language={language} />
        </p>
        <p class="muted">{pageText.codeOnce[language]()}</p>
      </Card>
    );
  }

  function Share(props: { c: WebContext; gift: GiftView; amount: string; until: string }) {
    const { language } = props.c.var;
    const link = `${publicUrl}/gifts/claim/${tokens.tokenOf(props.gift.giftId)}`;
    const words = `${pageText.shareText[language](props.amount, props.until)}\n${link}`;
    return (
      <Card>
        <LinkButton href={shareUrl(words)}>{pageText.share[language]()}</LinkButton>
        <CopyButton text={link} language={language} />
        <p class="muted">{pageText.linkOnce[language]()}</p>
      </Card>
    );
  }

  return app;
}

/** What happens next with a gift that waits. To a phone number the words are the same, whoever has it. */
function waitingWords(gift: GiftView, said: { language: Language; amount: string; who: string }): string {
  const { language, amount, who } = said;
  switch (gift.way) {
    case 'share-link':
      return pageText.setAside[language](amount);
    case 'gift-code':
      return pageText.setAsideCode[language](amount);
    case 'phone-number':
      return pageText.setAsideNumber[language](amount);
    default:
      return pageText.told[language](who);
  }
}
