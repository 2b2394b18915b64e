import type { Language } from '../../base/language.ts';
import type { OrderTopic } from '../../base/order-topic.ts';
import type { OrderEvent, OrderState } from './rules/states.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** What orders say to applicants: in the talk, by mail, on their pages. */
export interface OrdersText {
  readonly order: string;
  readonly number: string;
  readonly states: Record<OrderState, string>;
  /** What happened, and what comes next. */
  readonly told: Record<OrderEvent, { readonly title: string; readonly next: string }>;
  /** Next, where a number is brought along: the phone stays with the operator before until then. */
  readonly porting: string;
  readonly question: string;
  readonly reason: string;
  readonly answerUntil: (day: string) => string;
  readonly withdrawUntil: (day: string) => string;
  readonly see: string;
  readonly answer: string;
  /** What a question can be about. */
  readonly topics: Record<OrderTopic, string>;
  readonly correct: string;
  readonly correctLead: string;
  readonly none: string;
  readonly apply: string;
  readonly list: string;
  readonly mail: {
    readonly subject: (operator: string, title: string) => string;
    readonly frame: (parts: { name: string; body: string; number: string; url: string; operator: string }) => string;
  };
  readonly link: {
    readonly button: string;
    readonly offer: string;
    readonly done: string;
    readonly opened: string;
    readonly both: string;
    readonly contractorOnly: string;
    readonly already: string;
    readonly notNow: string;
    readonly menu: string;
    readonly balance: string;
    readonly myPage: string;
  };
  readonly welcome: {
    readonly open: string;
    readonly title: string;
    readonly number: string;
    readonly esim: string;
    readonly esimLead: string;
    readonly esimQr: string;
    readonly myPage: string;
    readonly myPageLead: string;
    readonly loginId: string;
    readonly passwordLead: string;
    readonly showPassword: string;
    readonly password: string;
    readonly passwordOnce: string;
    readonly shown: string;
    readonly signIn: string;
    readonly forgotten: string;
  };
  readonly page: {
    readonly title: (number: string) => string;
    readonly steps: readonly [string, string, string, string];
    readonly what: string;
    readonly plan: string;
    readonly options: string;
    readonly none: string;
    readonly sim: string;
    readonly simKinds: { readonly sim: string; readonly esim: string };
    readonly phoneNumber: string;
    readonly numbers: { readonly new: string; readonly port: (lastFour: string) => string };
    readonly user: string;
    readonly self: string;
    readonly payment: string;
    readonly card: (brand: string, lastFour: string) => string;
    readonly asBefore: string;
    readonly placed: string;
    readonly history: string;
    readonly answerLabel: string;
    readonly answerHint: string;
    readonly answerMissing: string;
    readonly answerSubmit: string;
    readonly cancel: string;
    readonly cancelTitle: string;
    readonly cancelLead: string;
    readonly cancelLoses: readonly string[];
    readonly cancelSubmit: string;
    readonly withdraw: string;
    readonly withdrawTitle: string;
    readonly withdrawLead: (day: string) => string;
    readonly withdrawLoses: readonly string[];
    readonly withdrawFees: (fee: string) => string;
    readonly withdrawSubmit: string;
    readonly tooLate: string;
    readonly linkOver: string;
    readonly linkOverLead: string;
    readonly support: (phone: string) => string;
    readonly listTitle: string;
    readonly apply: string;
    readonly toSignIn: string;
  };
}

const texts: Record<Language, OrdersText> = { ja, en };

export const ordersText = (language: Language): OrdersText => texts[language];
