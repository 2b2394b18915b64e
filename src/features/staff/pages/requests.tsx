import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  Field,
  Form,
  LinkButton,
  Notice,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffDeps } from '../deps.ts';
import { type DecideRefusal, decide, type FourEyesKind } from '../four-eyes.ts';
import { loadRequest, loadRequests, type NamedRequest } from '../four-eyes-store.ts';
import type { StaffGuard } from '../guard.ts';
import { decideFault } from '../rules/four-eyes.ts';
import { deciders } from '../rules/roles.ts';
import { staffText } from '../text.ts';

const ALL = '/console/requests';

/** GET /console/requests, GET and POST /console/requests/:id. */
export function requestPages(
  deps: StaffDeps,
  staff: ConsoleFrame & StaffGuard,
  kinds: readonly FourEyesKind[],
): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const moment = (c: WebContext, at: Temporal.Instant) => formatMoment(at, deps.operator.timeZone, c.var.language);
  const kindOf = (request: NamedRequest) => kinds.find((kind) => kind.kind === request.kind);

  app.get(ALL, async (c) => {
    const t = staffText(c.var.language).requests;
    const requests = await loadRequests(runnerOf(deps.db));
    const waiting = requests.filter((request) => request.state === 'waiting');
    const decided = requests.filter((request) => request.state !== 'waiting');
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="requests">
        {waiting.length === 0 ? <p>{t.none}</p> : <h2>{t.waiting}</h2>}
        <div class="cards">{waiting.map((request) => card(c, request))}</div>
        {decided.length > 0 ? <h2>{t.decided}</h2> : null}
        <div class="cards">{decided.map((request) => card(c, request))}</div>
      </ConsolePage>,
    );
  });

  app.get(`${ALL}/:id`, (c) => show(c, null));

  app.post(`${ALL}/:id`, staff.requireStaff(...deciders), async (c) => {
    const form = await readForm(c);
    const isApproved = form('decision') === 'approve';
    if (!isApproved && form('decision') !== 'refuse') return show(c, null);
    const requestId = c.req.param('id');
    const by = staff.signedIn(c);
    const decision = await decide(deps, kinds, { requestId, by, isApproved, note: form('note') });
    if (decision.ok) return c.redirect(`${ALL}/${requestId}?done=${isApproved ? 'approved' : 'refused'}`, 303);
    return decision.code === 'not-found' ? c.notFound() : show(c, decision);
  });

  async function show(c: WebContext, refusal: DecideRefusal | null) {
    const { language } = c.var;
    const t = staffText(language).requests;
    const id = c.req.param('id') ?? '';
    const request = isId(id) ? await loadRequest(runnerOf(deps.db), id) : null;
    if (!request) return c.notFound();
    const described = kindOf(request)?.describe(request, language);
    const done = c.req.query('done');
    const decider = staff.signedIn(c);
    const fault = decideFault({ state: request.state, askedBy: request.askedBy, decider });
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={described?.title ?? request.kind}
        at="requests"
        back={{ href: ALL, label: t.title }}
      >
        {done === 'approved' || done === 'refused' ? <Notice kind="success">{t.done[done]}</Notice> : null}
        {refusal ? <Notice kind="danger">{words(c, request, refusal)}</Notice> : null}
        <Card>
          <SummaryList rows={[...(described?.rows ?? []), ...rowsOf(c, request)]} />
        </Card>
        {fault === undefined ? (
          <Form action={`${ALL}/${request.requestId}`}>
            <Field name="note" label={t.note} hint={t.noteHint} required={false} maxlength={500} />
            <Actions>
              <Button name="decision" value="approve">
                {t.approve}
              </Button>
              <Button kind="secondary" name="decision" value="refuse">
                {t.refuse}
              </Button>
            </Actions>
          </Form>
        ) : request.state !== 'waiting' ? null : request.askedBy === decider.staffId ? (
          <Notice kind="info">{t.waits}</Notice>
        ) : (
          <p class="muted">{t.faults[fault]}</p>
        )}
      </ConsolePage>,
      refusal ? 409 : 200,
    );
  }

  function words(c: WebContext, request: NamedRequest, refusal: DecideRefusal): string {
    switch (refusal.code) {
      case 'not-found':
        return '';
      case 'not-applied':
        return kindOf(request)?.refused(refusal.because, c.var.language) ?? refusal.because;
      default:
        return staffText(c.var.language).requests.faults[refusal.code];
    }
  }

  function rowsOf(c: WebContext, request: NamedRequest) {
    const t = staffText(c.var.language).requests;
    return [
      { term: t.reason, value: request.reason },
      { term: t.askedBy, value: request.askedByName ?? t.ownSystem },
      { term: t.askedAt, value: moment(c, request.askedAt) },
      ...(request.decidedAt ? [{ term: t.states[request.state], value: moment(c, request.decidedAt) }] : []),
      ...(request.decidedByName ? [{ term: t.decidedBy, value: request.decidedByName }] : []),
      ...(request.note ? [{ term: t.note, value: request.note }] : []),
    ];
  }

  function card(c: WebContext, request: NamedRequest) {
    const t = staffText(c.var.language).requests;
    return (
      <Card title={kindOf(request)?.describe(request, c.var.language).title ?? request.kind}>
        <p>
          <span class={request.state === 'approved' ? 'badge good' : 'badge'}>{t.states[request.state]}</span>
        </p>
        <p>{request.reason}</p>
        <p class="muted">
          {request.askedByName ?? t.ownSystem} {moment(c, request.askedAt)}
        </p>
        <LinkButton kind="secondary" href={`${ALL}/${request.requestId}`}>
          {t.open}
        </LinkButton>
      </Card>
    );
  }

  return app;
}
