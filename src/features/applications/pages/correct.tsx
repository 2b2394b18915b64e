import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { dayOf } from '../../../base/operator-month.ts';
import type { OrderTopic } from '../../../base/order-topic.ts';
import { type Form as PostedForm, readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { APPLICATION } from '../../../infra/ui/assets.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  type FieldError,
  Form,
  Notice,
  Page,
  renderPage,
  TextArea,
} from '../../../infra/ui/components.tsx';
import type { Order, Question } from '../../orders/index.ts';
import { addressOf } from '../addresses.ts';
import { correctionDraft, sendCorrection } from '../correction.ts';
import type { OpenDraft } from '../drafts.ts';
import { correctionFields, withCorrection } from '../rules/correction.ts';
import type { Typed } from '../rules/draft.ts';
import { readDigits } from '../rules/typed.ts';
import { correctionErrors, Fields, Outside, refusalError } from './correct-fields.tsx';
import { correctText } from './correct-text.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { correctPath, stepPath } from './frame.tsx';
import type { FieldView } from './step.tsx';
import { pageText } from './text.ts';

const LONGEST = 300;
const LONGEST_WORDS = 2_000;

/** A question about an order, and what has been typed for its answer. */
interface Answering {
  readonly order: Order;
  readonly question: Question;
  /** As it is in the order where nothing has been typed. */
  readonly open: OpenDraft;
}

interface Shown {
  readonly words?: string;
  readonly errors?: readonly FieldError[];
  /** What came of the look-up of the address. */
  readonly note?: string;
}

/**
 * GET and POST /orders/:id/correct: the answer to a question of the staff that names what it is about: just those fields, as
 * they are now. What another company asks for is led to from here and back.
 */
export function correctPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, orders, drafts, browsers, clock } = deps;

  app.get('/orders/:id/correct', async (c) => {
    const answering = await find(c);
    return answering instanceof Response ? answering : show(c, answering, {});
  });

  app.post('/orders/:id/correct', async (c) => {
    const found = await find(c);
    if (found instanceof Response) return found;
    const form = await readForm(c);
    const { about } = found.question;
    const { typed, note } = completed(c, typedIn(form, about), form('go'));
    const words = form('words').slice(0, LONGEST_WORDS);
    const answering = await save(c, found, typed);
    const go = form('go');
    if (go === 'look-up') return show(c, answering, { words, ...(note ? { note } : {}) });
    if (go === 'identity' || go === 'payment') return c.redirect(stepPath(answering.open.draftId, go), 303);
    const errors = correctionErrors(c, answering.open, about);
    if (errors.length > 0) return show(c, answering, { words, errors });
    const sent = await sendCorrection(deps, c, { ...answering, words });
    if (sent.ok) return c.redirect(`/orders/${answering.order.orderId}`, 303);
    const error = refusalError(c, sent.code, about);
    // Answered meanwhile, from another window or another device: the order's page says where it stands.
    return error
      ? show(c, answering, { words, errors: [error] })
      : c.redirect(`/orders/${answering.order.orderId}`, 303);
  });

  /** The order of the visitor's own that waits for such an answer; else 404, or the way to its page. */
  async function find(c: WebContext): Promise<Answering | Response> {
    const own = await orders.ownOrder(c);
    if (!own) return c.notFound();
    const { order, question } = own;
    if (!question || question.about.length === 0) return c.redirect(`/orders/${order.orderId}`, 303);
    const corrects = { orderId: order.orderId, version: question.version };
    const begun = await drafts.correction(browsers.applicant(c), corrects);
    return { order, question, open: begun ?? notBegun(order, question) };
  }

  function notBegun(order: Order, question: Question): OpenDraft {
    const draft = correctionDraft(order, question);
    const contractorId = draft.correction?.contractorId ?? null;
    return {
      draftId: '',
      lineUserId: null,
      contractorId,
      mailCodeSentAt: null,
      expiresAt: clock.now(),
      draft,
      isExistingContractor: contractorId !== null,
      offer: operator,
      today: dayOf(clock.now(), operator.timeZone),
    };
  }

  /** Keeps what was typed, right or wrong, so that the ways to other companies lose nothing. */
  async function save(c: WebContext, answering: Answering, typed: Typed): Promise<Answering> {
    const { question, open } = answering;
    const applicant = { ...browsers.applicant(c), browserHash: browsers.keep(c) };
    const draftId = open.draftId === '' ? newId() : open.draftId;
    if (open.draftId === '') {
      await drafts.beginCorrection(applicant, draftId, { draft: open.draft, version: question.version });
    }
    const saved = await drafts.change(applicant, draftId, (draft, now) =>
      withCorrection(draft, question.about, typed, now.toString()),
    );
    if (!saved) throw new Error('a correction that was just begun is gone');
    return { ...answering, open: saved };
  }

  /** The address behind a postal code, when it was asked for. */
  function completed(c: WebContext, typed: Typed, go: string): { typed: Typed; note: string | null } {
    if (go !== 'look-up') return { typed, note: null };
    const t = pageText(c.var.language).contractor;
    const address = addressOf(readDigits(typed.postalCode));
    return address === null ? { typed, note: t.unknown } : { typed: { ...typed, address }, note: t.filled };
  }

  async function show(c: WebContext, answering: Answering, { words = '', errors = [], note }: Shown) {
    const { order, question, open } = answering;
    const { language } = c.var;
    const t = correctText(language);
    const named = new Map(
      correctionFields(question.about).map(({ step, field, name }) => [name, open.draft.typed[step]?.[field] ?? '']),
    );
    const view: FieldView = {
      c,
      value: (name) => named.get(name) ?? '',
      errorOf: (name) => errors.find(({ field }) => field === name)?.text,
    };
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.title}
        back={{ href: `/orders/${order.orderId}`, label: t.back }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        <Notice kind="info" title={t.question}>
          <p class="typed">{question.words}</p>
        </Notice>
        <p>{t.lead}</p>
        <Form action={correctPath(order.orderId)} requestId={newId()}>
          <button type="submit" hidden></button>
          {question.about.map((topic) => (
            <Fields topic={topic} view={view} open={open} note={note ?? null} />
          ))}
          <Outside c={c} open={open} order={order} errors={errors} />
          <TextArea
            name="words"
            label={t.words}
            hint={t.wordsHint}
            value={words}
            error={view.errorOf('words')}
            maxlength={LONGEST_WORDS}
            rows={3}
          />
          <Actions>
            <Button>{t.send}</Button>
          </Actions>
        </Form>
        <script src={APPLICATION.path} defer></script>
      </Page>,
      errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}

function typedIn(form: PostedForm, about: readonly OrderTopic[]): Typed {
  return Object.fromEntries(correctionFields(about).map(({ name }) => [name, form(name).slice(0, LONGEST)]));
}
