import type { Child } from 'hono/jsx';
import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import { formatMsisdn } from '../../base/msisdn.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { WebContext } from '../../infra/http/web-env.ts';
import { formatMoment, formatShortDay } from '../../infra/ui/format.ts';
import type { PersonBeside } from '../conversations/index.ts';
import type { Linking } from '../linking/index.ts';
import type { CustomersDeps } from './deps.ts';
import { eventText } from './event-text.ts';
import { customersText } from './text.ts';
import { type CustomerView, loadCustomer, type SubscriptionView } from './view.ts';

/** How many events stand beside a talk; the customer's page has more. */
const EVENTS = 6;

interface BesideDeps extends CustomersDeps {
  readonly linking: CustomersDeps['linking'] & Pick<Linking, 'contractorLinksOf' | 'userLinksOf'>;
}

/** Whom a talk concerns: a contractor whole, or only the subscription its user carries. */
interface Concerned {
  readonly contractorId: string;
  /** Undefined for the contractor, who sees all of them. */
  readonly subscriptionIds?: readonly string[];
}

/** What staff see of a person beside the talk: what the person may see of themselves, and nothing more. */
export function personBeside(deps: BesideDeps): PersonBeside {
  const { db, staff, linking } = deps;
  const sql = runnerOf(db);

  async function concernedBy(lineUserId: string): Promise<readonly Concerned[]> {
    const [contractors, users] = await Promise.all([
      linking.contractorLinksOf(sql, lineUserId),
      linking.userLinksOf(sql, lineUserId),
    ]);
    const own = new Set(contractors.map(({ contractorId }) => contractorId));
    const carried = Map.groupBy(
      users.filter(({ contractorId }) => !own.has(contractorId)),
      ({ contractorId }) => contractorId,
    );
    return [
      ...[...own].map((contractorId) => ({ contractorId })),
      ...[...carried].map(([contractorId, links]) => ({
        contractorId,
        subscriptionIds: links.map(({ subscriptionId }) => subscriptionId),
      })),
    ];
  }

  /** The first look has the conversation as its reason; those of the next half hour are on record as pages shown. */
  async function recordLook(c: WebContext, contractorId: string, conversationId: string): Promise<void> {
    const shown = await staff.lookFirst(c, { contractorId, page: 'conversation' });
    if (shown === null) return;
    await staff.recordLook({ staff: staff.signedIn(c), contractorId, conversationId });
  }

  return {
    async facts(c, { lineUserId, conversationId }) {
      const concerned = await concernedBy(lineUserId);
      const t = customersText(c.var.language);
      if (concerned.length === 0) return <p class="muted">{t.beside.nobody}</p>;
      const parts: Child[] = [];
      for (const { contractorId, subscriptionIds } of concerned) {
        const customer = await loadCustomer(deps, contractorId);
        if (customer === null) continue;
        await recordLook(c, contractorId, conversationId);
        parts.push(<Person customer={customer} only={subscriptionIds} deps={deps} language={c.var.language} />);
      }
      return <>{parts}</>;
    },
    async lookFirst(c, lineUserId) {
      for (const { contractorId } of await concernedBy(lineUserId)) {
        const toReason = await staff.lookFirst(c, { contractorId, page: 'conversation' });
        if (toReason) return toReason;
      }
      return null;
    },
  };
}

interface Shown {
  readonly deps: BesideDeps;
  readonly language: Language;
}

function Person(props: Shown & { customer: CustomerView; only: readonly string[] | undefined }) {
  const { customer, only, deps, language } = props;
  const t = customersText(language);
  const { contractorId, name, kana } = customer.contractor;
  const subscriptions = customer.subscriptions.filter(
    ({ subscription, state }) =>
      state !== 'ended' && (only === undefined || only.includes(subscription.subscriptionId)),
  );
  const events = customer.events.filter(
    ({ subscriptionId }) => only === undefined || (subscriptionId !== null && only.includes(subscriptionId)),
  );
  return (
    <section class="beside">
      <h2>{only === undefined ? name : t.beside.user}</h2>
      <p class="muted">
        {only === undefined ? `${t.beside.contractor}${kana ? ` ${kana}` : ''}` : t.beside.contractorIs(name)}
      </p>
      {subscriptions.map((view) => (
        <Subscription view={view} deps={deps} language={language} />
      ))}
      {events.length > 0 ? (
        <>
          <h3>{t.events.title}</h3>
          <ul class="beside-events">
            {events.slice(0, EVENTS).map((event) => (
              <li>
                <time datetime={event.at.toString()}>{formatMoment(event.at, deps.operator.timeZone, language)}</time>{' '}
                {eventText(event.action, language)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        <a class="tap" href={`/console/customers/${contractorId}`}>
          {t.beside.more}
        </a>
      </p>
    </section>
  );
}

function Subscription({ view, deps, language }: Shown & { view: SubscriptionView }) {
  const { subscription, state, balance, slowedUntil, links } = view;
  const { operator } = deps;
  const t = customersText(language);
  const plan = operator.plans.find(({ code }) => code === subscription.planCode)?.name[language];
  const left = balance.buckets.reduce((sum, { remainingBytes }) => sum + remainingBytes, 0);
  return (
    <div class="beside-subscription">
      <p class="beside-number">
        <b>{formatMsisdn(subscription.msisdn)}</b>
        <span class={state === 'in-service' ? 'badge good' : 'badge'}>{t.subscription.states[state]}</span>
        {slowedUntil ? <span class="badge bad">{t.subscription.slowed}</span> : null}
      </p>
      <dl>
        <div>
          <dt>{t.subscription.user}</dt>
          <dd>{subscription.userName}</dd>
        </div>
        <div>
          <dt>{t.subscription.plan}</dt>
          <dd>{plan ?? subscription.planCode}</dd>
        </div>
        <div>
          <dt>{t.beside.left}</dt>
          <dd class="numeric">
            <b>{formatBytes(left, operator.megabyte)}</b>
          </dd>
        </div>
        <div>
          <dt>{t.subscription.linked}</dt>
          <dd>
            {links.length === 0
              ? t.contractor.nobody
              : links
                  .map(({ displayName, linkedAt }) => {
                    const day = linkedAt.toZonedDateTimeISO(operator.timeZone).toPlainDate().toString();
                    return t.linkedSince(displayName ?? t.unnamed, formatShortDay(day, language));
                  })
                  .join(' ')}
          </dd>
        </div>
      </dl>
    </div>
  );
}
