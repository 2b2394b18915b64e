import { join } from 'node:path';
import type { z } from 'zod';
import { MB, type MegabyteSize } from '../base/bytes.ts';
import type { BillingSettings, GiftPolicy, Operator, Plan } from '../base/operator.ts';
import { billingFile } from './billing-file.ts';
import { cannedAnswersFile } from './canned-answers-file.ts';
import { readDocument } from './documents.ts';
import { Faults } from './faults.ts';
import { operatorFile } from './operator-file.ts';
import { plansFile } from './plans-file.ts';
import { policyFile } from './policy-file.ts';
import { readText, readYaml } from './read-file.ts';
import { stickersFile } from './stickers-file.ts';

/** A page of the catalogue shows many, on a phone's connection. */
const LARGEST_PICTURE = 20_000;

/** The operator of a folder, or `Faults` with everything that is wrong in any of its files. */
export function loadOperator(folder: string): Operator {
  const faults: string[] = [];
  const read = <Shape>(name: string, shape: z.ZodType<Shape>) => readYaml(join(folder, name), shape, faults);
  const main = read('operator.yaml', operatorFile);
  const plans = main && read(main.plans, plansFile);
  const stickers = main?.stickers === undefined ? [] : read(main.stickers, stickersFile);
  const cannedAnswers = main?.cannedAnswers === undefined ? [] : read(main.cannedAnswers, cannedAnswersFile);
  const policy = main && read(`policies/${main.giftPolicy}.yaml`, policyFile);
  const billing = main && read(main.billing, billingFile);
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
  const picture = readText(path, faults);
  if (picture === undefined) return '';
  if (!/^\s*<svg[\s>]/.test(picture)) faults.push(`${path} is not an SVG that begins with <svg`);
  if (picture.length > LARGEST_PICTURE) faults.push(`${path} has more than ${LARGEST_PICTURE} characters`);
  return picture;
}
