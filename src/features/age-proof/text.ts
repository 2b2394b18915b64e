import { catalogue, type Language } from '../../base/language.ts';
import type { EndedBy } from './consent-store.ts';
import type { Purpose, Told } from './rules/scopes.ts';

const years = (ages: readonly number[], language: Language) =>
  language === 'ja' ? `${ages.join('・')}歳以上か` : `whether you are ${ages.join(', ')} or older`;

const ja = {
  title: '年齢確認',
  /** What a partner is told, and what for. */
  told: {
    age: (ages) => `${ages ? years(ages, 'ja') : 'たずねられた年齢以上か'}（はい／いいえだけ）`,
    filtering: () => 'フィルタリングがかかっているか（はい／いいえだけ）',
    'identity-match': () => 'このサービスに入力したお名前や生年月日が、ご登録とどのくらい合っているか（0〜100の数字）',
    'data-volume': () => 'データ残量のおおまかな区分（200MiB未満・1GiB未満・5GiB未満・それ以上）',
    'data-events': () => 'その月のデータ量を50％・75％・90％・100％使ったこと',
    tenure: () => 'たずねられた日から回線を使いつづけているか（はい／いいえだけ）と、個人のご契約か法人のご契約か',
    'service-status': () => '電話とデータ通信を使えるか、データが速度制限中か',
  } satisfies Record<Told, (ages: readonly number[] | null) => string>,
  purposes: {
    'dpv:RequestedServiceProvision': '申し込まれたサービスの提供',
    'dpv:IdentityVerification': 'ご本人の確認',
    'dpv:FraudPreventionAndDetection': '不正な利用の防止',
    'dpv:LegalCompliance': '法令で求められる確認',
  } satisfies Record<Purpose, string>,
  how: 'LINEなどのサービスで年齢確認をすると、そのサービスに「はい」か「いいえ」だけをお答えします。LINEの場合は、LINEの「設定」→「年齢確認」からはじめ、利用コードを入力してください。生年月日やお名前はお伝えしません。',
  none: 'いま、年齢の問い合わせに同意しているサービスはありません。',
  consent: (partner: string, lastFour: string) => `${partner}（電話番号の末尾${lastFour}）`,
  until: (moment: string) => `${moment}まで`,
  answers: (count: number) => `これまでの回答 ${count}回`,
  withdraw: '同意を取り消す',
  sure: (partner: string) => `${partner}への同意を取り消しますか？`,
  loses:
    'このあと、このサービスには何もお答えしません。年齢確認が必要な機能（LINEのID検索など）は使えなくなることがあります。',
  yes: '取り消す',
  keep: 'やめる',
  kept: '同意はそのままです。',
  withdrawn: (partner: string) => `${partner}への同意を取り消しました。`,
  ended: 'この30日に終わった同意',
  endedAt: (consent: string, why: string, moment: string) => `${consent}：${why}、${moment}に終わりました。`,
  endedBy: {
    partner: '相手のサービスが終えたため',
    'new-user': '回線の利用者が変わったため',
    unlinked: '利用者連携が解除されたため',
    replaced: '回線が別のLINEに連携されたため',
  } satisfies Record<EndedBy, string>,
  consentEnded: (consent: string, why: string) =>
    `${consent}への同意は、${why}終わりました。このあと、このサービスには何もお答えしません。もう一度必要なときは、そのサービスの画面からはじめてください。`,
  nothing: 'その同意はすでに取り消されているか、見つかりません。',
  more: 'マイページで見る',
  asks: (partner: string) => `${partner}からの問い合わせ`,
  askedAbout: (lastFour: string) => `電話番号の末尾${lastFour}の回線について、お答えしてもよろしいですか？`,
  willBeTold: 'お答えする内容',
  holds: (days: number) => `同意は${days}日間有効で、いつでも取り消せます。`,
  binding: (words: string) => `確認のことば：${words}\nサービスの画面と同じか、お確かめください。`,
  onlyIfYou: 'ご自分で申し込んだ覚えがないときは「同意しない」を押してください。',
  agree: '同意する',
  decline: '同意しない',
  answered: {
    agreed: '同意しました。「年齢確認」と送ると、いつでも取り消せます。',
    declined: '同意しないことをお伝えしました。',
    over: 'この問い合わせは、時間がたったか、すでにお答えいただいています。',
  },
  consentGiven: (partner: string, lastFour: string, phone: string) =>
    `${partner}に、電話番号の末尾${lastFour}の回線についての問い合わせへの同意がありました。「年齢確認」と送ると、内容の確認と取り消しができます。\n\nお心当たりがない場合は、${phone}へお電話ください。`,
};

const en: typeof ja = {
  title: 'Age proof',
  told: {
    age: (ages) => `${ages ? years(ages, 'en') : 'whether you have the age asked for'} (only yes or no)`,
    filtering: () => 'whether filtering is on (only yes or no)',
    'identity-match': () => 'how well the name and birth date you gave this service agree with ours (0 to 100)',
    'data-volume': () => 'roughly how much data is left (under 200 MiB, 1 GiB, 5 GiB, or more)',
    'data-events': () => "that 50, 75, 90 or 100% of the month's data are used",
    tenure: () =>
      'whether the subscription has been open since a day they name (only yes or no), and whether it is of a person or a company',
    'service-status': () => 'whether calls and data work, and whether data are slowed',
  },
  purposes: {
    'dpv:RequestedServiceProvision': 'to provide a service you asked for',
    'dpv:IdentityVerification': 'to check that it is you',
    'dpv:FraudPreventionAndDetection': 'to prevent misuse',
    'dpv:LegalCompliance': 'a check that the law asks for',
  },
  how: 'When a service such as LINE asks for your age, we tell it only yes or no. For LINE, start from Settings → Age verification in LINE and enter your link code. Your birth date and name are not told.',
  none: 'There is no service that you allow to ask about your age.',
  consent: (partner, lastFour) => `${partner} (number ending ${lastFour})`,
  until: (moment) => `until ${moment}`,
  answers: (count) => (count === 1 ? '1 answer so far' : `${count} answers so far`),
  withdraw: 'Withdraw consent',
  sure: (partner) => `Withdraw your consent to ${partner}?`,
  loses:
    'From then on this service is told nothing. Functions that need the age proof (such as ID search in LINE) may stop working.',
  yes: 'Withdraw',
  keep: 'Keep it',
  kept: 'Your consent stays as it is.',
  withdrawn: (partner) => `Your consent to ${partner} is withdrawn.`,
  ended: 'Ended in the last 30 days',
  endedAt: (consent, why, moment) => `${consent}: ended ${moment}, because ${why}.`,
  endedBy: {
    partner: 'the service ended it',
    'new-user': 'the subscription has another user now',
    unlinked: 'the user link was undone',
    replaced: 'the subscription was linked to another LINE account',
  },
  consentEnded: (consent, why) =>
    `Your consent to ${consent} has ended, because ${why}. This service is told nothing from now on. If you need it again, please start from the service.`,
  nothing: 'This consent was withdrawn already, or is not there.',
  more: 'See it on My Page',
  asks: (partner) => `A question from ${partner}`,
  askedAbout: (lastFour) => `May we answer about the subscription ending ${lastFour}?`,
  willBeTold: 'What is told',
  holds: (days) => `Your consent holds ${days} days and can be withdrawn at any time.`,
  binding: (words) => `Check words: ${words}\nThey must be the same on the screen of the service.`,
  onlyIfYou: 'If you did not ask for this, tap "I do not agree".',
  agree: 'I agree',
  decline: 'I do not agree',
  answered: {
    agreed: 'You agreed. Send "age proof" to withdraw at any time.',
    declined: 'We told them that you do not agree.',
    over: 'This question is over, or was answered already.',
  },
  consentGiven: (partner, lastFour, phone) =>
    `Somebody agreed that ${partner} may ask about the subscription ending ${lastFour}. Send "age proof" to see and withdraw it.\n\nIf you did not expect this, please call ${phone}.`,
};

/** What the talk says about age proof, and words that talk and pages share. */
export const talkText = catalogue(ja, en);
