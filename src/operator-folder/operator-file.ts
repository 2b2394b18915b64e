import { z } from 'zod';
import { weekdays } from '../base/operator.ts';
import { bilingual, clockTime, code, count, day } from './shapes.ts';

const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #03813a');
const openHours = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, 'must open before it closes');
const everyDay = Object.fromEntries(weekdays.map((weekday) => [weekday, { from: '10:00', to: '19:00' }]));

const isZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** `operator.yaml`. */
export const operatorFile = z.strictObject({
  name: bilingual,
  officialAccount: z.strictObject({
    displayName: z
      .string()
      .min(1)
      .max(20)
      .refine((name) => !/line/i.test(name), 'may not contain "LINE"'),
    basicId: z.string().regex(/^@[a-z0-9._-]{2,18}$/, 'must be a LINE ID like @sakura-mobile'),
  }),
  timeZone: z.string().refine(isZone, 'must be an IANA time zone like Asia/Tokyo'),
  megabyte: z.union([z.literal(1_000_000), z.literal(1_048_576)]),
  brand: z.strictObject({ color, onColor: color }),
  support: z.strictObject({ phone: z.string().min(3), hours: z.strictObject({ from: clockTime, to: clockTime }) }),
  plans: z.string(),
  billing: z.string(),
  giftPolicy: code,
  linking: z.strictObject({
    lineAccountsPerContractor: count,
    contractorsPerLineAccount: count,
    subscriptionsPerLineAccount: count,
    lineAccountsPerSubscription: count.max(3),
    hoursUntilProof: z.int().min(0).max(720).default(24),
  }),
  points: z
    .strictObject({
      percent: z.int().min(0).max(100).default(1),
      grantDay: z.int().min(1).max(28).default(10),
      daysToLive: count.default(180),
      daysBeforeEnd: z.array(count.max(90)).default([30, 3]),
      stickersWaiting: count.default(3),
      goodwillAlone: z.int().min(0).default(500),
    })
    .prefault({}),
  invitations: z
    .strictObject({
      points: z.int().min(1).max(100_000).default(500),
      linkDays: count.max(90).default(30),
      afterMonths: count.max(12).default(3),
    })
    .prefault({}),
  orders: z
    .strictObject({
      subscriptionsPerContractor: count.default(5),
      reservationDays: z.int().min(0).max(14).default(10),
      answerDays: count.max(60).default(14),
      withdrawalDays: count.max(60).default(8),
      registrationFeeYen: z.int().nonnegative().default(3_300),
      keptDays: z.int().min(30).max(3_650).default(180),
    })
    .prefault({}),
  applications: z
    .strictObject({ documents: z.array(code).min(1) })
    .refine(({ documents }) => new Set(documents).size === documents.length, 'names a document twice'),
  stickers: z.string().optional(),
  cannedAnswers: z.string().optional(),
  notices: z
    .strictObject({
      leftPercents: z.array(z.int().min(0).max(99)).default([50, 20, 0]),
      daysBeforeEnd: count.max(14).default(3),
    })
    .prefault({}),
  usage: z
    .strictObject({
      keptDays: z.int().min(7).max(390).default(40),
      // A year is shown, and a record may be 390 days late.
      daysKeptMonths: z.int().min(13).max(120).default(24),
    })
    .prefault({}),
  conversations: z
    .strictObject({
      hours: z.partialRecord(z.enum(weekdays), openHours).default(everyDay),
      holidays: z.array(day).default([]),
      queueLimit: count.max(1_000).default(20),
      silence: z
        .strictObject({ warnAfterMinutes: count.max(1_440).default(10), endAfterMinutes: count.max(1_440).default(5) })
        .prefault({}),
      keptDays: z.int().min(1).max(3_650).default(365),
    })
    .prefault({}),
});
