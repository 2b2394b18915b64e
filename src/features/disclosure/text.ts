import { catalogue } from '../../base/language.ts';

interface Days {
  readonly usage: number;
  /** Before the present one. */
  readonly usageMonths: number;
  readonly orders: number;
  readonly conversations: number;
}

const ja = {
  title: 'わたしについて保管しているデータ',
  lead: '何を、いつまで保管しているかの一覧です。あなたについての内容は、1つのファイルで受け取れます。',
  what: '保管しているもの',
  until: 'いつまで',
  kept: ({ usage, usageMonths, orders, conversations }: Days): readonly (readonly [what: string, until: string])[] => [
    ['ご契約者の氏名、生年月日、ご住所、メールアドレス', '最後のご契約が終わって3年'],
    ['回線の電話番号、プラン、利用者のお名前と生年月日', '最後のご契約が終わって3年（番号は帳簿として残ります）'],
    ['LINEとの連携と利用コード', '最後のご契約が終わって3年'],
    ['ログインとお使いの端末', '最後に使ってから半年'],
    ['請求、料金、お支払いのカード（下4桁）', '帳簿として残ります。カードは最後のご契約が終わって3年まで'],
    ['データの残りと動き、贈り物、ポイント', '帳簿として残ります'],
    ['1日ごとの使用量', `今月と、その前の${usageMonths}か月`],
    ['通信設備から届いた使用の記録そのもの', `${usage}日`],
    ['申し込みと契約書面', `契約に至らなかったものは${orders}日、ほかは契約が終わって3年`],
    ['提携先への回答（年齢など）と、その同意', '終わってから400日'],
    ['担当者とのトーク', `終わってから${conversations}日`],
    ['何がいつ行われたかの記録', 'なくなりません'],
  ],
  keptBackTitle: 'ファイルに入れないもの',
  keptBack: [
    'パスワード、利用コードの全体、確認コードなど、知られると困るもの。利用コードは下4桁だけです。',
    'ほかの方のこと。家族の方のLINEでのやりとりや、贈り物の相手のお名前のうち、あなたに見えなかったものです。',
    '担当者どうしのメモ、担当者がいつ何を見たか、審査のための情報。不正を防ぐためです。',
    'トークや郵便受けに届いたメッセージとメールの控え。お手元にあり、30日で消えます。',
    'データを使った1回ごとの動き。1日ごとの合計を入れます。1回ごとに必要なときは、お電話でお求めください。',
  ],
  file: {
    title: 'ファイルで受け取る',
    lead: 'すべてを1つのファイル（JSON形式、文字コードはUTF-8）にします。個人の情報が入っていますので、大切に保管してください。',
    secondProof:
      '受け取るときに、ご本人の確認をもう一度お願いすることがあります。受け取りは24時間に3回までで、記録に残ります。',
    inLine: 'LINEの中で保存できないときは、SafariやChromeなどのブラウザーでマイページを開いてください。',
    button: 'ファイルを受け取る',
    proven: 'ご本人の確認ができました。「ファイルを受け取る」を押してください。',
    tooMany: (until: string) => `この24時間に3回受け取りました。次は${until}から受け取れます。`,
    name: '保管データ',
    explanation:
      '時刻は世界標準時（末尾がZ）です。名前の終わりのBytesはバイト、Yenは円、Pointsはポイントを表します。subscriptionIdは回線の番号で、subscriptionsに電話番号があります。',
    noTalk:
      '担当者とのトーク。LINEアカウントがあなたのものとはっきりしないためです（複数の連携や、ほかのご契約との連携があります）。そのLINEでログインすると入ることがあります。',
  },
  askByLetter: (phone: string) => `お電話でもお受けします：${phone}`,
  /** What the contractor is told when staff have made the file; whom to call stands below it. */
  given: {
    subject: (operator: string) => `【${operator}】保管データの写しを作りました`,
    body: (moment: string) =>
      `${moment}に、あなたについて保管しているデータの写しを、当社の窓口が作りました。書面やお電話でご本人から求められたときに作るものです。`,
    ifUnexpected: (phone: string) => `お求めになった覚えがないときは、すぐに${phone}へお電話ください。`,
  },
  back: 'ログインと安全',
  console: {
    title: '保管データの開示',
    lead: 'ご本人が書面や電話で求めたときに、マイページで受け取れるものと同じファイルを作ります。ご本人を確かめてから、ご本人だけに渡してください。担当者どうしのメモは入りません。',
    contractor: 'ご契約者',
    reason: '理由',
    reasonHint:
      'いつ、どのように求められ、どう本人を確かめたか。お名前は書かないでください。記録に残り、作ったことはご契約者にメールとトークで伝わります。',
    missing: '理由を5文字以上で入力してください。',
    submit: 'ファイルを作る',
  },
};

const en: typeof ja = {
  title: 'What we keep about you',
  lead: 'What we keep, and for how long. What it says of you, you can have as one file.',
  what: 'What we keep',
  until: 'For how long',
  kept: ({ usage, usageMonths, orders, conversations }) => [
    ['Contractor’s name, birth date, address, mail address', '3 years after the last contract'],
    [
      'Phone numbers, plans, names and birth dates of users',
      '3 years after the last contract (numbers stay in the books)',
    ],
    ['Links with LINE and link codes', '3 years after the last contract'],
    ['Sign-ins and devices', 'half a year after the last use'],
    [
      'Bills, charges, the card that pays (last four digits)',
      'stay in the books; the card at most until 3 years after the last contract',
    ],
    ['Data left and how it moved, gifts, points', 'stay in the books'],
    ['Use by day', `this month and the ${usageMonths} months before it`],
    ['Records of use as the network sent them', `${usage} days`],
    ['Applications and contract documents', `${orders} days if they came to nothing, else 3 years after the contract`],
    ['Answers to partners (such as an age), and consents', '400 days after their end'],
    ['Talks with our staff', `${conversations} days after their end`],
    ['The record of what was done when', 'for ever'],
  ],
  keptBackTitle: 'What is not in the file',
  keptBack: [
    'What nobody may know: passwords, whole link codes, one-time codes. Of link codes there are the last four digits.',
    'What is about other people: what your family says on LINE, and names of those they exchange gifts with, as far as you were not shown them.',
    'Notes among staff, when staff looked at what, and what is used to review applications: they prevent fraud.',
    'Copies of messages and mails that reached you. You have them, and ours are deleted after 30 days.',
    'Single uses of data: the file has the sums of each day. If you need each of them, ask us by phone.',
  ],
  file: {
    title: 'Have it as a file',
    lead: 'Everything in one file (JSON, in UTF-8). It holds personal information: keep it safe.',
    secondProof: 'You may be asked once more who you are. At most 3 files a day; each is recorded.',
    inLine: 'If it cannot be saved inside LINE, open My Page in a browser such as Safari or Chrome.',
    button: 'Get the file',
    proven: 'Thank you, it is you. Press “Get the file”.',
    tooMany: (until) => `You have had 3 files within 24 hours. The next one from ${until}.`,
    name: 'what-is-kept',
    explanation:
      'Times are UTC (they end in Z). Names that end in Bytes, Yen or Points say the unit. subscriptionId names a subscription; its phone number is under subscriptions.',
    noTalk:
      'Talks with our staff, since it is not certain that the LINE account is yours (several are linked, or it is linked to another contract too). Signed in with that LINE account, they may be there.',
  },
  askByLetter: (phone) => `You can also ask by phone: ${phone}`,
  given: {
    subject: (operator) => `${operator}: a copy of what we keep about you was made`,
    body: (moment) =>
      `On ${moment} our help desk made a copy of what we keep about you. It is made when you ask for it by letter or phone.`,
    ifUnexpected: (phone) => `If you did not ask for it, please call ${phone} at once.`,
  },
  back: 'Sign-in and security',
  console: {
    title: 'Disclosure of what is kept',
    lead: 'For a customer who asks by letter or phone: the file that they would get on My Page. Make sure who asks, and give it to them alone. Notes among staff are not in it.',
    contractor: 'Contractor',
    reason: 'Reason',
    reasonHint:
      'When and how it was asked for, and how you know it is them. No names. It is recorded, and the contractor is told by mail and in the talk that it was made.',
    missing: 'Type a reason of at least five characters.',
    submit: 'Make the file',
  },
};

export const disclosureText = catalogue(ja, en);
