import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MB, type MegabyteSize } from './base/bytes.ts';
import { unknownFields } from './base/canned-answer.ts';
import { type BillingSettings, type GiftPolicy, type Operator, type Plan, weekdays } from './base/operator.ts';
import { readDocument } from './contract-documents.ts';

/** Reading the operator's folder: every fault is collected, so that one start tells them all. */

const bilingual = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time like 23:00');
const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'is a colour like #03813a');
const count = z.int().min(1);
const day = z.iso.date('is a day like 2026-04-01');
const megabytesOrNull = z.number().positive().nullable();

const openHours = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, 'opens before it closes');
const everyDay = Object.fromEntries(weekdays.map((weekday) => [weekday, { from: '10:00', to: '19:00' }]));

const isZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const operatorFile = z.strictObject({
  name: bilingual,
  officialAccount: z.strictObject({
    displayName: z
      .string()
      .min(1)
      .max(20)
      .refine((name) => !/line/i.test(name), 'may not contain "LINE"'),
    basicId: z.string().regex(/^@[a-z0-9._-]{2,18}$/, 'is a LINE ID like @sakura-mobile'),
  }),
  timeZone: z.string().refine(isZone, 'is an IANA time zone like Asia/Tokyo'),
  megabyte: z.union([z.literal(1_000_000), z.literal(1_048_576)]),
  brand: z.strictObject({ color, onColor: color }),
  support: z.strictObject({ phone: z.string().min(3), hours: z.strictObject({ from: clockTime, to: clockTime }) }),
  plans: z.string(),
  billing: z.string(),
  giftPolicy: z.string().regex(/^[a-z0-9-]+$/),
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
    .strictObject({ documents: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1) })
    .refine(({ documents }) => new Set(documents).size === documents.length, 'names a document twice'),
  stickers: z.string().optional(),
  cannedAnswers: z.string().optional(),
  notices: z
    .strictObject({
      leftPercents: z.array(z.int().min(0).max(99)).default([50, 20, 0]),
      daysBeforeEnd: count.max(14).default(3),
    })
    .prefault({}),
  usage: z.strictObject({ keptDays: z.int().min(7).max(390).default(40) }).prefault({}),
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

const code = z.string().regex(/^[a-z0-9-]+$/);
const yen = z.int().nonnegative();
const hasEachOnce = (things: readonly { code: string }[]) =>
  new Set(things.map((thing) => thing.code)).size === things.length;

const plansFile = z
  .array(
    z.strictObject({
      code,
      name: bilingual,
      monthlyMegabytes: z.int().positive(),
      monthlyFeeYen: yen,
      hasVoice: z.boolean(),
      points: z.strictObject({ closedFrom: day }).optional(),
      isSold: z.boolean().optional(),
    }),
  )
  .min(1)
  .refine(hasEachOnce, 'has a plan code twice');

const billingFile = z.strictObject({
  taxPercent: z.int().min(0).max(100),
  rounding: z.enum(['down', 'half-up', 'up']),
  firstMonth: z.enum(['by-days', 'free', 'full']),
  universalServiceFeeYen: yen,
  options: z
    .array(
      z.strictObject({
        code,
        name: bilingual,
        about: bilingual,
        monthlyFeeYen: yen,
        plans: z.union([z.literal('all'), z.array(code).min(1)]),
        isSold: z.boolean().optional(),
      }),
    )
    .refine(hasEachOnce, 'has an option code twice'),
  topUps: z.strictObject({
    limitPerMonth: count,
    packs: z
      .array(z.strictObject({ code, megabytes: z.number().positive(), priceYen: yen }))
      .min(1)
      .refine(hasEachOnce, 'has a pack code twice'),
  }),
});

const stickersFile = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9-]+$/),
      name: bilingual,
      productId: z.string().regex(/^\d{1,20}$/, 'is a package id of LINE: digits'),
      pricePoints: count,
      isOpen: z.boolean(),
      picture: z.string().regex(/^[a-z0-9-]+\.svg$/, 'is the name of an SVG file in the folder stickers'),
    }),
  )
  .refine((sets) => new Set(sets.map((set) => set.code)).size === sets.length, 'has a code twice');

const cannedText = z.string().min(1).max(2_000);
const cannedFile = z
  .array(z.strictObject({ code, title: bilingual, text: z.strictObject({ ja: cannedText, en: cannedText }) }))
  .refine(hasEachOnce, 'has a code twice')
  .superRefine((answers, context) => {
    for (const { code: named, text } of answers)
      for (const field of unknownFields(text.ja + text.en))
        context.addIssue({ code: 'custom', message: `answer ${named}: there is no field {${field}}` });
  });

const policyFile = z.strictObject({
  sourceKinds: z.array(z.enum(['carry-over', 'gift', 'base', 'top-up'])).min(1),
  minimumMegabytes: z.number().positive(),
  stepMegabytes: z.number().positive(),
  limitPerMonth: z.union([z.literal('plan'), z.literal('none'), z.number().positive()]),
  maximumMegabytes: megabytesOrNull,
  giftsPerDay: count.nullable(),
  giftsPerMonth: count.nullable(),
  keepMegabytes: z.number().nonnegative(),
  feeYen: z.int().nonnegative(),
  ways: z.array(z.enum(['same-contract', 'share-link', 'gift-code', 'phone-number'])).min(1),
  acceptance: z.enum(['accept', 'automatic']),
  claimHours: z
    .int()
    .min(1)
    .max(24 * 31),
  giftCodeDays: count.nullable(),
  receivedUntil: z.union([z.enum(['month-end', 'next-month-end', 'original']), z.strictObject({ days: count })]),
  canRegift: z.boolean(),
  closed: z.strictObject({ fromLastDay: clockTime, toFirstDay: clockTime }).nullable(),
});

/** A page of the catalogue shows many, on a phone's connection. */
const LARGEST_PICTURE = 20_000;

/** What is wrong with the settings, each in a sentence. */
export class Faults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Renkei cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'Faults';
    this.faults = faults;
  }
}

/** The operator of a folder, or `Faults` with everything that is wrong in any of its files. */
export function loadOperator(folder: string): Operator {
  const faults: string[] = [];
  const main = readYaml(folder, 'operator.yaml', operatorFile, faults);
  const plans = main && readYaml(folder, main.plans, plansFile, faults);
  const stickers = main?.stickers === undefined ? [] : readYaml(folder, main.stickers, stickersFile, faults);
  const cannedAnswers =
    main?.cannedAnswers === undefined ? [] : readYaml(folder, main.cannedAnswers, cannedFile, faults);
  const policy = main && readYaml(folder, `policies/${main.giftPolicy}.yaml`, policyFile, faults);
  const billing = main && readYaml(folder, main.billing, billingFile, faults);
  if (plans && billing) faults.push(...unknownPlans(billing, plans));
  if (!main || !plans || !policy || !billing || !stickers || !cannedAnswers || faults.length > 0)
    throw new Faults(faults);

  const bytes = (megabytes: number, what: string) => wholeBytes(megabytes, main.megabyte, what, faults);
  const operator: Operator = {
    ...main,
    plans: plans.map(
      ({ monthlyMegabytes, ...plan }): Plan => ({
        ...plan,
        monthlyBytes: bytes(monthlyMegabytes, `plan ${plan.code}`),
      }),
    ),
    giftPolicy: toPolicy(main.giftPolicy, policy, bytes),
    billing: toBilling(billing, plans, bytes),
    applications: {
      documents: main.applications.documents.flatMap((code) => readDocument(join(folder, 'documents'), code, faults)),
    },
    cannedAnswers,
    stickers: stickers.map((set) => ({ ...set, picture: readPicture(folder, `stickers/${set.picture}`, faults) })),
  };
  if (faults.length > 0) throw new Faults(faults);
  return operator;
}

/** Options that name a plan which is not sold. */
function unknownPlans(billing: z.infer<typeof billingFile>, plans: readonly { code: string }[]): string[] {
  return billing.options.flatMap((option) =>
    (option.plans === 'all' ? [] : option.plans)
      .filter((wanted) => !plans.some((plan) => plan.code === wanted))
      .map((wanted) => `option ${option.code}: there is no plan ${wanted}`),
  );
}

function toBilling(
  { options, topUps, ...rest }: z.infer<typeof billingFile>,
  plans: readonly { code: string }[],
  bytes: (megabytes: number, what: string) => number,
): BillingSettings {
  return {
    ...rest,
    options: options.map(({ plans: named, ...option }) => ({
      ...option,
      planCodes: named === 'all' ? plans.map((plan) => plan.code) : named,
    })),
    topUps: {
      limitPerMonth: topUps.limitPerMonth,
      packs: topUps.packs.map(({ megabytes, ...pack }) => ({ ...pack, bytes: bytes(megabytes, `pack ${pack.code}`) })),
    },
  };
}

function toPolicy(
  preset: string,
  file: z.infer<typeof policyFile>,
  bytes: (megabytes: number, what: string) => number,
): GiftPolicy {
  const { minimumMegabytes, stepMegabytes, maximumMegabytes, keepMegabytes, limitPerMonth, ...rest } = file;
  return {
    ...rest,
    preset,
    minimumBytes: bytes(minimumMegabytes, 'minimumMegabytes'),
    stepBytes: bytes(stepMegabytes, 'stepMegabytes'),
    maximumBytes: maximumMegabytes === null ? null : bytes(maximumMegabytes, 'maximumMegabytes'),
    keepBytes: bytes(keepMegabytes, 'keepMegabytes'),
    limitPerMonth:
      limitPerMonth === 'plan' ? 'plan' : limitPerMonth === 'none' ? null : bytes(limitPerMonth, 'limitPerMonth'),
  };
}

function wholeBytes(megabytes: number, megabyte: MegabyteSize, what: string, faults: string[]): number {
  const value = Math.round(megabytes * megabyte);
  if (Math.abs(value - megabytes * megabyte) > 1e-6 || !Number.isSafeInteger(value)) {
    faults.push(`${what}: ${megabytes} MB is not a whole number of bytes`);
    return MB;
  }
  return value;
}

/** An SVG that is shown as a picture and nothing else; it is answered as it stands. */
function readPicture(folder: string, name: string, faults: string[]): string {
  const path = join(folder, name);
  if (!existsSync(path)) {
    faults.push(`${path} is missing`);
    return '';
  }
  const picture = readFileSync(path, 'utf8');
  if (!/^\s*<svg[\s>]/.test(picture)) faults.push(`${path} is not an SVG that begins with <svg`);
  if (picture.length > LARGEST_PICTURE) faults.push(`${path} has more than ${LARGEST_PICTURE} characters`);
  return picture;
}

function readYaml<Shape>(folder: string, name: string, shape: z.ZodType<Shape>, faults: string[]): Shape | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) {
    faults.push(`${path} is missing`);
    return undefined;
  }
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    faults.push(`${path} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    return undefined;
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    faults.push(`${path}: ${issue.path.join('.') || 'the file'} ${issue.message}`);
  return undefined;
}
