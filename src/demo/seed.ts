import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import { megabytes } from '../base/bytes.ts';
import type { AdjustableClock } from '../base/clock.ts';
import { addMonths, type Month, monthOf, startOfMonth } from '../base/operator-month.ts';
import type { StaffMember } from '../features/staff/index.ts';
import { seedOrders } from './orders.ts';
import { seedPartners } from './partners.ts';
import { CALLS_ON, callsOfMonth, type DemoUser, livePast, PAST_MONTHS } from './past.ts';
import { type DemoContractor, demoContractors, demoPassword, demoStaff } from './people.ts';

/**
 * Gives an empty database the demo's people and five months of their life, lived through the product's own rules: the
 * clock is set back, months turn, data is used day by day. The clock stands again where it was when this ends.
 *
 * @returns whether there was anything to do.
 */
export async function seedDemo(app: App, clock: AdjustableClock): Promise<boolean> {
  const agent = await seedStaff(app);
  const now = clock.now();
  const zone = app.config.operator.timeZone;
  const { rows } = await app.database.pool.query<{ count: number }>('select count(*) as count from contractor');
  if ((rows[0]?.count ?? 0) > 0) return false;

  const thisMonth = monthOf(now, zone);
  const firstMonth = addMonths(thisMonth, -1);
  const past = addMonths(thisMonth, -1 - PAST_MONTHS);
  clock.freeze(startOfMonth(past, zone));
  const users: DemoUser[] = [];
  const contractorIds = new Map<DemoContractor, string>();
  for (const contractor of demoContractors) {
    const seeded = await seedContractor(app, contractor, { past, thisMonth, zone });
    contractorIds.set(contractor, seeded.contractorId);
    users.push(...seeded.users);
  }
  await livePast({ app, clock, zone, users }, past, firstMonth);

  await seedPartners(app);

  for (let day = startOfMonth(firstMonth, zone); Temporal.Instant.compare(day, now) < 0; day = nextDay(day, zone)) {
    clock.freeze(day);
    const dayOfMonth = day.toZonedDateTimeISO(zone).day;
    if (isLookedAt(app, dayOfMonth)) await app.jobs.runDue();
    if (monthOf(day, zone) === firstMonth) await goodwillOfDay(app, contractorIds, dayOfMonth);
    const evening = day.add({ hours: 20 });
    const end = Temporal.Instant.compare(evening, now) < 0 ? evening : now;
    clock.freeze(end);
    if (end.toZonedDateTimeISO(zone).day === CALLS_ON) await callsOfMonth(app, users, end);
    const inService = users.filter(({ demo }) => demo.state !== 'ended' || monthOf(end, zone) === firstMonth);
    await Promise.all(inService.map((user) => useOfDay(app, user, end, zone)));
  }
  if (agent) await seedOrders(app, clock, { now, agent });
  clock.shift(now.epochMilliseconds - Date.now());
  await app.jobs.runDue();
  return true;
}

/**
 * Jobs do what is due by the moment they look. So they look where a day of the month brings something, its turn and the
 * points, and every few days for what people cause; a look on each day would leave the same demo and take most of the start.
 */
function isLookedAt(app: App, dayOfMonth: number): boolean {
  return dayOfMonth % 7 === 1 || dayOfMonth === app.config.operator.points.grantDay;
}

/**
 * Also into a demo of before there was a console: those who are there already stay as they are. Answers the agent, where they
 * are new.
 */
async function seedStaff(app: App): Promise<StaffMember | undefined> {
  let agent: StaffMember | undefined;
  for (const member of demoStaff) {
    const password = demoPassword(member.loginId);
    const added = await app.staff.addStaff({ ...member, password }, { kind: 'system' });
    if (!added.ok && added.code !== 'login-id-taken') throw new Error(`the demo's ${member.loginId}: ${added.code}`);
    if (added.ok && member.role === 'agent') agent = added.value.member;
  }
  return agent;
}

async function seedContractor(
  app: App,
  demo: DemoContractor,
  { past, thisMonth, zone }: { past: Month; thisMonth: Month; zone: string },
) {
  const contractor = await app.contractors.createContractor({
    loginId: demo.loginId,
    password: demoPassword(demo.loginId),
    name: demo.name,
    kana: demo.kana,
    birthDate: demo.birthDate,
    email: `${demo.loginId}@example.jp`,
    isIdentityVerified: true,
  });
  if (!contractor.ok) throw new Error(`the demo's contractor ${demo.loginId} was refused: ${contractor.code}`);
  const card = { reference: `card_demo_${demo.loginId}`, ...demo.card };
  await app.billing.registerCard(app.database.db, { contractorId: contractor.value.contractorId, card });

  const users: DemoUser[] = [];
  for (const each of demo.subscriptions) {
    const subscription = await app.contractors.createSubscription({
      contractorId: contractor.value.contractorId,
      msisdn: each.msisdn,
      planCode: each.earlierPlanCode ?? each.planCode,
      optionCodes: each.optionCodes ?? [],
      opensAt: startOfMonth(each.state === 'next-month' ? addMonths(thisMonth, 1) : past, zone),
      endedAt: each.state === 'ended' ? startOfMonth(thisMonth, zone) : null,
      ...(each.user ? { userName: each.user.name, userBirthDate: each.user.birthDate } : {}),
    });
    if (!subscription.ok) throw new Error(`the demo's subscription ${each.msisdn} was refused: ${subscription.code}`);
    const { contractorId, subscriptionId } = subscription.value;
    users.push({ contractorId, subscriptionId, demo: each });
  }
  return { contractorId: contractor.value.contractorId, users };
}

async function goodwillOfDay(app: App, contractorIds: ReadonlyMap<DemoContractor, string>, day: number): Promise<void> {
  for (const [{ loginId, goodwill }, contractorId] of contractorIds) {
    for (const given of goodwill?.filter((each) => each.day === day) ?? []) {
      const requestId = `demo:${loginId}:${day}`;
      const { points, reason } = given;
      await app.points.giveGoodwill({ requestId, contractorId, points, reason, staff: 'demo' });
    }
  }
}

async function useOfDay(
  app: App,
  { subscriptionId, demo }: DemoUser,
  endedAt: Temporal.Instant,
  zone: string,
): Promise<void> {
  if (demo.state === 'next-month') return;
  // The same ups and downs in every demo: no chance in it.
  const day = endedAt.toZonedDateTimeISO(zone).day;
  const swing = [0.6, 1.1, 0.8, 1.4, 0.9, 1.7, 0.5][(day + demo.dailyMegabytes) % 7] ?? 1;
  await app.data.recordUse({
    requestId: `demo:${subscriptionId}:${endedAt.toString()}`,
    subscriptionId,
    endedAt: endedAt.toString(),
    isZeroRated: false,
    amount: { mode: 'delta', bytes: megabytes(Math.round(demo.dailyMegabytes * swing)) },
  });
}

function nextDay(day: Temporal.Instant, zone: string): Temporal.Instant {
  return day.toZonedDateTimeISO(zone).add({ days: 1 }).toInstant();
}

/** Takes everything out again but the schema and LINE's menus. Only ever the demo's own database. */
export async function emptyDemo(app: App): Promise<void> {
  const { pool } = app.database;
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = 'public' and tablename not in ('schema_migration', 'rich_menu')`,
  );
  await pool.query(`set local renkei.emptying = 'on'; truncate ${rows.map((row) => row.name).join(', ')} cascade`);
}
