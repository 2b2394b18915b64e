import type { OrderTopic } from '../../base/order-topic.ts';
import type { OrderEvent, OrderState } from './rules/states.ts';

export const ja = {
  order: 'お申し込み',
  number: 'お申し込み番号',
  states: {
    acknowledged: '受付済み',
    pending: '確認中',
    held: 'お答え待ち',
    inProgress: '開通の手続き中',
    completed: '開通済み',
    rejected: 'お受けできませんでした',
    cancelled: '取り消し済み',
  } satisfies Record<OrderState, string>,
  /** What happened, and what comes next. */
  told: {
    place: {
      title: 'お申し込みを受け付けました',
      next: '担当者が内容を確認します。結果が出るまで、しばらくお待ちください。',
    },
    take: { title: '内容の確認を始めました', next: '確認が終わりましたら、お知らせします。' },
    ask: { title: '確認したいことがあります', next: 'お答えをいただいてから、確認を続けます。' },
    answer: { title: 'お答えを受け取りました', next: '担当者が続けて確認します。' },
    correct: { title: 'お答えを受け取りました', next: '直していただいた内容で、担当者が続けて確認します。' },
    expire: {
      title: 'お申し込みを取り消しました',
      next: 'お答えをいただけなかったため、お申し込みを終わりにしました。いつでも、もう一度お申し込みいただけます。',
    },
    approve: { title: 'お申し込みを承認しました', next: '開通の手続きをしています。終わりましたら、お知らせします。' },
    reject: { title: 'お申し込みをお受けできませんでした', next: 'ご不明な点は、お電話でおたずねください。' },
    return: {
      title: '開通の手続きに時間がかかっています',
      next: '担当者が原因を確認しています。分かりしだい、お知らせします。',
    },
    complete: {
      title: '開通しました',
      next: '今日からお使いいただけます。契約書面（PDF）は、お申し込みのページから保存できます。',
    },
    cancel: {
      title: 'お申し込みを取り消しました',
      next: '料金はかかりません。いつでも、もう一度お申し込みいただけます。',
    },
    withdraw: {
      title: '契約を解除しました',
      next: '初期契約解除を受け付けました。月々の料金はかかりません。データ、利用コード、利用者連携は使えなくなりました。',
    },
  } satisfies Record<OrderEvent, { readonly title: string; readonly next: string }>,
  /** Next, where a number is brought along: the phone stays with the operator before until then. */
  porting: 'それまでは、いまの携帯電話会社のSIMをそのままお使いください。',
  question: '確認したいこと',
  reason: '理由',
  answerUntil: (day: string) => `${day}までにお答えがないときは、お申し込みは取り消しになります。`,
  withdrawUntil: (day: string) => `${day}までは、初期契約解除（契約の取り消し）ができます。`,
  see: '申し込み状況を見る',
  answer: '答える',
  /** What a question can be about. */
  topics: {
    sim: 'SIMの種類',
    number: '電話番号・MNP予約番号',
    name: 'お名前・フリガナ',
    'birth-date': '生年月日',
    address: 'ご住所',
    phone: '連絡先の電話番号',
    user: '使う方',
    identity: '本人確認のやり直し',
    card: 'クレジットカードの登録し直し',
  } satisfies Record<OrderTopic, string>,
  correct: '内容を確かめて答える',
  correctLead: '次の項目をご確認ください。',
  none: 'お申し込みはありません。',
  apply: '新規申し込み',
  noRoom: {
    title: (most: number) => `1つのご契約で使える回線は、${most}回線までです`,
    remedy: 'いまは上限のため、追加できません。使わない回線を解約すると、その回線が終わってから追加できます。',
    ordered: (count: number) => `お申し込み中の${count}回線も、数に入っています。`,
  },
  list: 'お申し込みの状況',
  mail: {
    subject: (operator: string, title: string) => `【${operator}】${title}`,
    frame: ({
      name,
      body,
      number,
      isComplete,
      url,
      operator,
    }: {
      name: string;
      body: string;
      number: string;
      isComplete: boolean;
      url: string;
      operator: string;
    }) =>
      `${name} 様\n\n${body}\n\nお申し込み番号 ${number}\n\n${isComplete ? '契約書面（PDF）の保存、電話番号とログインIDの確認は' : '状況の確認と取り消しは'}、こちらの専用ページから（30日間開けます。だれにも送らないでください）\n${url}\n\n${operator}\nこのメールには返信できません。`,
  },
  link: {
    button: 'LINEとつなぐ',
    offer: '下のボタンを一度押すだけで、このトークで残量の確認やマイページが使えるようになります。',
    done: 'つながりました',
    opened: 'マイページ、データ残量、データプレゼントが使えます。',
    both: '契約者連携と利用者連携が完了しました。',
    contractorOnly: '契約者連携が完了しました。利用者の方は、利用コードで利用者連携をしてください。',
    already: 'もうつながっています。',
    notNow: 'いまはつなげません。メニューの「契約者連携」「利用者連携」からお試しください。',
    balance: 'データ残量',
    myPage: 'マイページ',
  },
  welcome: {
    open: '電話番号とログインIDを見る',
    title: 'ご利用のはじめに',
    number: 'お使いの電話番号',
    esim: 'eSIMの設定',
    esimLead:
      'スマートフォンの設定アプリ →「モバイル通信」→「eSIMを追加」で、次のQRコードを読み取るか、下の文字を入力してください。だれにも見せないでください。',
    esimQr: 'eSIMのアクティベーションコードのQRコード',
    myPage: 'マイページ',
    myPageLead:
      '料金の確認やプランの変更は、マイページでできます。LINEとつなぐと、ログインIDもパスワードもいりません。',
    loginId: 'ログインID',
    passwordLead:
      '最初のパスワードは、一度だけ表示されます。表示したら、すぐにログインして新しいパスワードに変えてください。',
    showPassword: '最初のパスワードを表示する',
    password: '最初のパスワード',
    passwordOnce: 'このページを閉じると、もう表示されません。ログインすると、新しいパスワードを決める画面になります。',
    shown: '最初のパスワードは、もう表示しました。分からないときは、メールで再設定できます。',
    signIn: 'ログインする',
    forgotten: 'パスワードを再設定する',
  },
  page: {
    title: (number: string) => `お申し込み ${number}`,
    steps: ['受付', '確認', '開通の手続き', '開通'],
    what: 'お申し込みの内容',
    plan: 'プラン',
    options: 'オプション',
    none: 'なし',
    sim: 'SIMの種類',
    simKinds: { sim: 'SIMカード', esim: 'eSIM' },
    phoneNumber: '電話番号',
    numbers: { new: '新しい番号', port: (lastFour: string) => `いまの番号をそのまま（末尾${lastFour}）` },
    user: '利用者',
    self: '契約者ご本人',
    payment: 'お支払い',
    card: (brand: string, lastFour: string) => `${brand} 末尾${lastFour}`,
    asBefore: 'いまのお支払い方法',
    placed: '受付日時',
    history: 'これまでの流れ',
    answerLabel: 'お答え',
    answerHint: '2,000文字まで。暗証番号や、カードの番号は書かないでください。',
    answerMissing: 'お答えを書いてください。',
    answerSubmit: '答えを送る',
    cancel: 'お申し込みを取り消す',
    cancelTitle: 'お申し込みを取り消しますか？',
    cancelLead: '料金はかかりません。',
    cancelLoses: ['お申し込みの手続きは、ここで終わります。', '始まっている開通の手続きも、止めます。'],
    cancelSubmit: '取り消す',
    withdraw: '契約を解除する（初期契約解除）',
    withdrawTitle: '契約を解除しますか？',
    withdrawLead: (day: string) => `初期契約解除は、${day}までできます。`,
    withdrawLoses: [
      'この電話番号は、すぐに使えなくなります。番号を残したいときは、先に他社への乗り換え（MNP転出）の手続きをしてください。',
      '残っているデータ、利用コード、利用者連携はなくなります。',
    ],
    withdrawFees: (fee: string) =>
      `月々の料金（基本料金、オプション、ユニバーサルサービス料）はかかりません。契約事務手数料${fee}と、追加購入したデータ、通話料はお支払いいただきます。`,
    withdrawSubmit: '解除する',
    tooLate: 'いまは、この手続きができません。お申し込みの状況をご確認ください。',
    linkOver: 'リンクが使えません',
    linkOverLead:
      'このリンクの期限が過ぎたか、正しくありません。いちばん新しいメールのリンクを開くか、お申し込みをしたLINEから開いてください。',
    support: (phone: string) => `お問い合わせ ${phone}`,
    listTitle: 'お申し込みの状況',
    apply: '申し込む',
    toSignIn: 'ログインして見る',
  },
};
