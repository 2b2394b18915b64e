/** The demo's contractors: always the same, so that a tour can be written down. Phone numbers are none of anybody's. */
export interface DemoContractor {
  loginId: string;
  name: string;
  kana: string;
  birthDate: string;
  subscriptions: readonly DemoSubscription[];
  /** A card that exists nowhere. */
  card: { brand: string; lastFour: string; expiresIn: string };
  /** Points that staff gave on a day of the month before, with their reason. */
  goodwill?: readonly { day: number; points: number; reason: string }[];
}

export interface DemoSubscription {
  msisdn: string;
  planCode: string;
  user?: { name: string; birthDate: string };
  /** The plan until it was changed to the present one, two months ago. */
  earlierPlanCode?: string;
  optionCodes?: readonly string[];
  /** Data bought two months ago. */
  topUpPack?: string;
  /** Calls of a month, in yen. */
  callsYen?: number;
  /** `open`: since five months; `next-month`: opens on the 1st; `ended`: last month. */
  state: 'open' | 'next-month' | 'ended';
  /** Roughly what is used on a day, in MB. */
  dailyMegabytes: number;
}

export const demoContractors: readonly DemoContractor[] = [
  {
    loginId: 'tanaka',
    name: '田中 太郎',
    kana: 'タナカ タロウ',
    birthDate: '1980-05-05',
    card: { brand: 'VISA', lastFour: '1881', expiresIn: '2029-08' },
    goodwill: [
      { day: 3, points: 200, reason: 'ご契約のお礼' },
      { day: 20, points: 80, reason: 'お問い合わせでお待たせしたお詫び' },
    ],
    subscriptions: [
      {
        msisdn: '090-0000-0001',
        planCode: 'p3',
        optionCodes: ['voicemail'],
        callsYen: 440,
        state: 'open',
        dailyMegabytes: 45,
      },
      {
        msisdn: '090-0000-0002',
        planCode: 'p6',
        earlierPlanCode: 'p3',
        callsYen: 132,
        user: { name: '田中 花子', birthDate: '1982-08-08' },
        state: 'open',
        dailyMegabytes: 130,
      },
      {
        msisdn: '090-0000-0003',
        planCode: 'p3',
        user: { name: '田中 さくら', birthDate: '2012-03-03' },
        state: 'open',
        dailyMegabytes: 95,
      },
    ],
  },
  {
    loginId: 'sato',
    name: '佐藤 健',
    kana: 'サトウ ケン',
    birthDate: '1995-11-11',
    card: { brand: 'Mastercard', lastFour: '0077', expiresIn: '2028-03' },
    subscriptions: [
      {
        msisdn: '090-0000-0004',
        planCode: 'p12',
        optionCodes: ['kakeho10'],
        topUpPack: 'gb1',
        callsYen: 198,
        state: 'open',
        dailyMegabytes: 260,
      },
    ],
  },
  {
    loginId: 'suzuki',
    name: '鈴木 一郎',
    kana: 'スズキ イチロウ',
    birthDate: '1960-01-01',
    card: { brand: 'JCB', lastFour: '0505', expiresIn: '2030-11' },
    subscriptions: [
      { msisdn: '090-0000-0005', planCode: 'p500m', callsYen: 88, state: 'open', dailyMegabytes: 4 },
      { msisdn: '090-0000-0006', planCode: 'p500m', state: 'next-month', dailyMegabytes: 0 },
      { msisdn: '090-0000-0007', planCode: 'p500m', state: 'ended', dailyMegabytes: 3 },
    ],
  },
];

export const demoPassword = (loginId: string): string => `renkei-demo-${loginId}`;

/** The demo's staff: their one-time-code seeds never change, so that an authenticator app keeps working. */
export const demoStaff = [
  { loginId: 'admin', name: '青木 管理', role: 'admin', seed: 'RENKEIDEMOADMINAAAAAAAAAAAAAAAAA' },
  { loginId: 'agent', name: '井上 窓口', role: 'agent', seed: 'RENKEIDEMOAGENTAAAAAAAAAAAAAAAAA' },
  { loginId: 'supervisor', name: '上田 責任', role: 'supervisor', seed: 'RENKEIDEMOSUPERVISORAAAAAAAAAAAA' },
  { loginId: 'auditor', name: '江川 監査', role: 'auditor', seed: 'RENKEIDEMOAUDITORAAAAAAAAAAAAAAA' },
] as const;
