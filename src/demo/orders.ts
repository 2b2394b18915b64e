import type { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { AdjustableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Operator } from '../base/operator.ts';
import type { OrderTopic } from '../base/order-topic.ts';
import type { Application } from '../features/orders/index.ts';
import type { StaffMember } from '../features/staff/index.ts';

interface DemoOrder {
  /** Before now. */
  readonly hoursAgo: number;
  readonly person: { family: string; given: string; familyKana: string; givenKana: string };
  readonly birthDate: string;
  readonly address: string;
  readonly planCode: string;
  readonly optionCodes?: readonly string[];
  readonly simKind: 'sim' | 'esim';
  readonly number?: (day: string) => Application['number'];
  readonly child?: { given: string; givenKana: string; birthDate: string };
  /** As it was held against the card, where it was typed otherwise afterwards. */
  readonly familyOnCard?: string;
  readonly steps?: readonly {
    event: 'take' | 'ask';
    reason?: string;
    about?: readonly OrderTopic[];
    minutesLater: number;
  }[];
}

/** People who have applied and wait: something to show in the console, always the same. Nobody's numbers. */
const demoOrders: readonly DemoOrder[] = [
  {
    hoursAgo: 26,
    person: { family: '高橋', given: '美咲', familyKana: 'タカハシ', givenKana: 'ミサキ' },
    birthDate: '1993-06-14',
    address: '東京都世田谷区三軒茶屋1-2-3',
    planCode: 'p3',
    optionCodes: ['voicemail'],
    simKind: 'esim',
    steps: [
      { event: 'take', minutesLater: 50 },
      {
        event: 'ask',
        reason: 'ご住所に、マンション名と部屋番号がないようです。お届けに必要なため、お知らせください。',
        about: ['address'],
        minutesLater: 4,
      },
    ],
  },
  {
    hoursAgo: 7,
    person: { family: '渡邉', given: '陽菜', familyKana: 'ワタナベ', givenKana: 'ヒナ' },
    birthDate: '1988-12-02',
    address: '神奈川県横浜市西区高島2-3-4',
    planCode: 'p6',
    simKind: 'sim',
    familyOnCard: '渡辺',
    number: () => ({ kind: 'one-stop', phoneNumber: '090-0000-0081' }),
    steps: [{ event: 'take', minutesLater: 30 }],
  },
  {
    hoursAgo: 3,
    person: { family: '小林', given: '大輔', familyKana: 'コバヤシ', givenKana: 'ダイスケ' },
    birthDate: '1979-09-21',
    address: '大阪府大阪市北区梅田3-4-5',
    planCode: 'p3',
    simKind: 'esim',
    child: { given: '蓮', givenKana: 'レン', birthDate: '2013-05-09' },
  },
  {
    hoursAgo: 1,
    person: { family: '小林', given: '彩', familyKana: 'コバヤシ', givenKana: 'アヤ' },
    birthDate: '1981-02-17',
    address: '大阪府大阪市北区梅田3-4-5',
    planCode: 'p12',
    optionCodes: ['kakeho10'],
    simKind: 'sim',
    number: (day) => ({
      kind: 'reservation',
      phoneNumber: '090-0000-0082',
      reservationNumber: '1234567890',
      validUntil: day,
    }),
  },
];

/** Lets people apply in the hours before now, and the agent begin with the oldest. The clock is left where it stood last. */
export async function seedOrders(
  app: App,
  clock: AdjustableClock,
  { now, agent }: { now: Temporal.Instant; agent: StaffMember },
): Promise<void> {
  const validUntil = now.add({ hours: 24 * 14 }).toZonedDateTimeISO(app.config.operator.timeZone);
  for (const [index, demo] of demoOrders.entries()) {
    clock.freeze(now.subtract({ hours: demo.hoursAgo }));
    const placed = await app.orders.place(
      applicationOf(demo, index, {
        at: clock.now(),
        validUntil: validUntil.toPlainDate().toString(),
        operator: app.config.operator,
      }),
    );
    if (!placed.ok) throw new Error(`the demo's order of ${demo.person.family} was refused: ${placed.code}`);
    let { version } = placed.value;
    for (const { event, reason = '', about = [], minutesLater } of demo.steps ?? []) {
      clock.freeze(clock.now().add({ minutes: minutesLater }));
      const asked = { orderId: placed.value.orderId, version, event, reason, about, requestId: newId() };
      const done = await app.orders.desk(app.staff, agent, asked);
      if (!done.ok) throw new Error(`the demo's ${event} was refused: ${done.code}`);
      version += 1;
    }
  }
}

function applicationOf(
  demo: DemoOrder,
  index: number,
  { at, validUntil, operator }: { at: Temporal.Instant; validUntil: string; operator: Operator },
): Application {
  const { person, birthDate, address, child } = demo;
  const name = { family: person.family, given: person.given };
  const postalCode = '1500001';
  const before = (minutes: number) => at.subtract({ minutes }).toString();
  return {
    requestId: newId(),
    planCode: demo.planCode,
    optionCodes: demo.optionCodes ?? [],
    simKind: demo.simKind,
    number: demo.number?.(validUntil) ?? { kind: 'new' },
    contractor: {
      kind: 'new',
      name,
      kana: { family: person.familyKana, given: person.givenKana },
      birthDate,
      postalCode,
      address,
      phone: `090-0000-009${index}`,
      mail: `applicant${index + 1}@example.jp`,
    },
    user: child
      ? {
          kind: 'other',
          name: { family: person.family, given: child.given },
          kana: { family: person.familyKana, given: child.givenKana },
          birthDate: child.birthDate,
          filtering: true,
          guardian: { name: `${person.family} ${person.given}`, agreedAt: before(6) },
        }
      : { kind: 'contractor' },
    identity: {
      reference: `demo-${index + 1}`,
      method: index % 2 === 0 ? 'jpki' : 'ic-chip',
      outcome: 'success',
      checkedAt: before(5),
      certificateSerial: `4F1A2${index}`,
      mismatched: [],
      person: { name: { ...name, family: demo.familyOnCard ?? name.family }, birthDate, postalCode, address },
    },
    payment: { reference: `demo-card-${index + 1}`, brand: 'Visa', lastFour: `424${index}`, expiresIn: '2029-08' },
    documents: operator.applications.documents.map(({ code, version }) => ({
      code,
      version,
      openedAt: before(3),
      agreedAt: before(2),
    })),
    entryCode: null,
    invitation: null,
    lineUserId: null,
    language: 'ja',
  };
}
