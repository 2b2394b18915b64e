import type { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../../base/operator.ts';
import { type Db, runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, LinkButton, Notice, SummaryList } from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleAlarm, reasonRoutes } from '../../staff/index.ts';
import { loadAllowance } from '../allowance-store.ts';
import { allowanceOutlook, allowanceState } from '../rules/allowance.ts';
import { allowanceText } from './allowance-text.ts';
import { countOverAllowance, sendAllAgain } from './console-store.ts';
import { MESSAGES, type MessagesConsole, onRecord } from './deps.ts';
import { messagesText } from './text.ts';

const AGAIN = `${MESSAGES}/over-allowance/again`;

/** A notice older than this tells nobody anything any more. */
const WORTH_SENDING = { hours: 72 };

/** On every page of the console while the month's messages run out, and once they have. */
export const allowanceAlarms: readonly ConsoleAlarm[] = (['short', 'used-up'] as const).map((state) => ({
  async isOn(db) {
    const seen = await loadAllowance(runnerOf(db));
    return seen !== null && allowanceState(seen) === state;
  },
  says: (language) => allowanceText(language).alarms[state],
  href: MESSAGES,
}));

/** How many messages the month still has, how long they last, and what did not arrive for want of them. */
export async function AllowanceCard(props: {
  c: WebContext;
  db: Db;
  operator: Operator;
  now: Temporal.Instant;
  maySendAgain: boolean;
}) {
  const { c, db, operator, now } = props;
  const { language } = c.var;
  const t = allowanceText(language);
  const sql = runnerOf(db);
  const [seen, refused] = [await loadAllowance(sql), await countOverAllowance(sql, now.subtract(WORTH_SENDING))];
  if (!seen) return null;
  const { state, left, lastsUntil } = allowanceOutlook(seen, now);
  const figure = (messages: number) => <span class="figure">{t.count(messages)}</span>;
  return (
    <Card title={t.title}>
      {state === 'short' || state === 'used-up' ? (
        <Notice kind={state === 'short' ? 'warning' : 'danger'}>
          <p>{t.says[state]}</p>
        </Notice>
      ) : (
        <p>{t.says[state]}</p>
      )}
      <SummaryList
        rows={[
          ...(seen.limitPerMonth === null ? [] : [{ term: t.limit, value: figure(seen.limitPerMonth) }]),
          { term: t.used, value: figure(seen.used) },
          ...(left === null ? [] : [{ term: t.left, value: figure(left) }]),
          { term: t.seenAt, value: formatMoment(seen.seenAt, operator.timeZone, language) },
        ]}
      />
      {lastsUntil === null ? null : <p>{t.lastsUntil(formatDay(lastsUntil, language))}</p>}
      {refused === 0 ? null : <p>{t.refused(refused)}</p>}
      {refused > 0 && props.maySendAgain ? (
        <LinkButton kind="secondary" href={AGAIN}>
          {t.again}
        </LinkButton>
      ) : null}
    </Card>
  );
}

/** GET and POST …/over-allowance/again: what the month had no room for is sent again, all of it, with a reason. */
export function againPages(deps: MessagesConsole): Hono<WebEnv> {
  const { db, clock, staff } = deps;
  const since = () => clock.now().subtract(WORTH_SENDING);
  return reasonRoutes(staff, {
    path: AGAIN,
    roles: ['supervisor', 'admin'],
    async find() {
      const sql = runnerOf(db);
      const [refused, seen] = [await countOverAllowance(sql, since()), await loadAllowance(sql)];
      return refused === 0 ? null : { refused, isUsedUp: seen !== null && allowanceState(seen) === 'used-up' };
    },
    act: (_refused, by) =>
      onRecord(deps, by, 'official-account.messages-sent-again', async (sql) => {
        const messages = await sendAllAgain(sql, clock.now(), since());
        return messages === 0 ? null : { messages };
      }),
    // None waits any more: all of them are sent.
    isDone: async () => true,
    done: () => `${MESSAGES}?done=all`,
    page(c, { refused, isUsedUp }) {
      const { language } = c.var;
      const { page } = allowanceText(language);
      return {
        title: page.title,
        at: 'messages',
        back: { href: MESSAGES, label: messagesText(language).title },
        about: (
          <>
            <p class="lead">{page.lead(refused)}</p>
            {isUsedUp ? (
              <Notice kind="warning">
                <p>{page.still}</p>
              </Notice>
            ) : null}
          </>
        ),
        reason: { label: page.reason, hint: page.reasonHint, missing: page.missing },
        submit: page.submit,
      };
    },
  });
}
