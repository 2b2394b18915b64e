import { counted, type Words } from '../../base/language.ts';

/** What is said in the talk around a conversation. */
export const words = {
  title: { ja: () => '担当者とトークで話す', en: () => 'Talk to our staff' } satisfies Words,
  waiting: {
    ja: () => '担当者におつなぎします。順番までお待ちください。',
    en: () => 'We will connect you with our staff. Please wait for your turn.',
  } satisfies Words,
  place: { ja: () => '順番', en: () => 'Your place' } satisfies Words,
  placeIs: {
    ja: (position) => (position === 1 ? '次です' : `${position}番目`),
    en: (position) => (position === 1 ? 'Next' : `${position} in line`),
  } satisfies Words<[number]>,
  time: { ja: () => '待ち時間の目安', en: () => 'Expected wait' } satisfies Words,
  timeIs: {
    ja: (minutes) => (minutes === null ? 'いまはわかりません' : minutes > 60 ? '1時間以上' : `約${minutes}分`),
    en: (minutes) =>
      minutes === null ? 'Not known now' : minutes > 60 ? 'More than an hour' : `About ${counted(minutes, 'minute')}`,
  } satisfies Words<[number | null]>,
  writeMeanwhile: {
    ja: () =>
      'ご用件を、いまこのトークに書いておいてください。ここまでのやりとりは担当者に伝わるので、同じ説明はいりません。',
    en: () => 'Please write what it is about, right here. Our staff see what you asked before: no need to repeat it.',
  } satisfies Words,
  stopWaiting: { ja: () => '待つのをやめる', en: () => 'Stop waiting' } satisfies Words,
  stopped: {
    ja: () => '受付を取り消しました。またいつでもどうぞ。',
    en: () => 'You are not waiting any more. Come back at any time.',
  } satisfies Words,
  nearer: {
    ja: (position) =>
      position === 1 ? 'お待たせしています。次が順番です。' : `お待たせしています。順番は${position}番目です。`,
    en: (position) =>
      position === 1 ? 'Thank you for waiting. You are next.' : `Thank you for waiting. You are ${position} in line.`,
  } satisfies Words<[number]>,
  staff: { ja: () => '担当者', en: () => 'Our staff' } satisfies Words,
  taken: {
    ja: (name) => `${name === undefined ? '担当者' : `担当の${name}`}です。おうかがいします。`,
    en: (name) =>
      name === undefined
        ? 'You are through to our staff. How can we help you?'
        : `This is ${name}. How can I help you?`,
  } satisfies Words<[string?]>,
  takenOver: {
    ja: (name) => (name === undefined ? '担当者が代わりました。' : `担当が${name}に代わりました。`),
    en: (name) => `${name ?? 'A colleague'} takes over from here.`,
  } satisfies Words<[string?]>,
  backToQueue: {
    ja: () => '別の担当者におつなぎします。このままお待ちください。ここまでの内容は伝わります。',
    en: () => 'A colleague will take over. Please wait; they see what you wrote.',
  } satisfies Words,
  connected: {
    ja: () => 'いま担当者とつながっています。このまま書いてください。',
    en: () => 'You are connected with our staff. Just write here.',
  } satisfies Words,
  end: { ja: () => '相談を終わる', en: () => 'End the conversation' } satisfies Words,
  refused: {
    'not-linked': {
      ja: () => '担当者とトークで話すには、利用者連携か契約者連携が必要です。ご本人のご契約を確かめるためです。',
      en: () => 'To talk to our staff here, link your phone or your contract first: so that we know it is yours.',
    },
    'queue-full': {
      ja: () => 'いま大変混み合っています。少し時間をおいてお試しいただくか、伝言を残してください。',
      en: () => 'Very many people are waiting. Please try again later, or leave a message.',
    },
  } satisfies Record<string, Words>,
  outsideHours: {
    ja: (opens) => `いまは受付時間外です。次は${opens}から受け付けます。`,
    en: (opens) => `Our staff are not here now. They are back on ${opens} (Japan time).`,
  } satisfies Words<[string]>,
  onHoliday: {
    ja: (opens) => `本日はお休みです。次は${opens}から受け付けます。`,
    en: (opens) => `Our staff are off today. They are back on ${opens} (Japan time).`,
  } satisfies Words<[string]>,
  noHours: {
    ja: () => 'いまは受け付けていません。',
    en: () => 'Our staff do not take over at the moment.',
  } satisfies Words,
  leaveHint: {
    ja: () => '伝言を残すと、担当者があとでこのトークにお返事します。',
    en: () => 'Leave a message, and our staff answer later in this talk.',
  } satisfies Words,
  leave: { ja: () => '伝言を残す', en: () => 'Leave a message' } satisfies Words,
  linkUser: { ja: () => '利用者連携をする', en: () => 'Link my phone' } satisfies Words,
  linkContractor: { ja: () => '契約者連携をする', en: () => 'Link contract' } satisfies Words,
  askAnyway: { ja: () => '自動の回答を見る', en: () => 'Automatic answers' } satisfies Words,
  leaveNow: {
    ja: () =>
      '伝言をお書きください。何回かに分けても、写真でもかまいません。書き終えたら「以上です」を押してください。',
    en: () => 'Please write your message, in as many parts as you like, also pictures. Tap “That is all” when done.',
  } satisfies Words,
  goOn: { ja: () => '続けてどうぞ。', en: () => 'Go on.' } satisfies Words,
  thatIsAll: { ja: () => '以上です', en: () => 'That is all' } satisfies Words,
  dropMessage: { ja: () => 'やめる', en: () => 'Cancel' } satisfies Words,
  messageKept: {
    ja: () => '伝言をお預かりしました。担当者が確認して、このトークにお返事します。',
    en: () => 'We have your message. Our staff will read it and answer in this talk.',
  } satisfies Words,
  messageFull: {
    ja: () =>
      '伝言がいっぱいになりましたので、ここまでをお預かりしました。担当者が確認して、このトークにお返事します。',
    en: () => 'Your message is full: we have kept all of it so far. Our staff will read it and answer in this talk.',
  } satisfies Words,
  messageDropped: { ja: () => '伝言を取りやめました。', en: () => 'Your message is dropped.' } satisfies Words,
  messageWaits: {
    ja: () => 'お預かりした伝言へのお返事をお待ちください。付け足すこともできます。',
    en: () => 'Our staff have your message and will answer. You can add to it.',
  } satisfies Words,
  addToMessage: { ja: () => '伝言を付け足す', en: () => 'Add to my message' } satisfies Words,
  becameMessage: {
    ja: () =>
      '申し訳ありません。本日の受付時間が終わりました。ここまでの内容は伝言としてお預かりし、担当者があとでこのトークにお返事します。',
    en: () =>
      'We are sorry: our staff have finished for today. What you wrote is kept as a message, and they will answer in this talk.',
  } satisfies Words,
  stillThere: {
    ja: (minutes) => `まだご覧になっていますか？このままお返事がないときは、約${minutes}分後に終了します。`,
    en: (minutes) => `Are you still there? Without an answer this ends in about ${minutes} minutes.`,
  } satisfies Words<[number]>,
  iAmHere: { ja: () => 'います', en: () => 'I am here' } satisfies Words,
  closed: {
    ja: () => '担当者とのトークを終了しました。',
    en: () => 'Your conversation with our staff has ended.',
  } satisfies Words,
  closedBySilence: {
    ja: () => 'お返事がないため、担当者とのトークを終了しました。またいつでもどうぞ。',
    en: () => 'As there was no answer, the conversation has ended. Come back at any time.',
  } satisfies Words,
  howWasIt: { ja: () => '今回の対応はいかがでしたか？', en: () => 'How was it?' } satisfies Words,
  faces: {
    3: { ja: () => '😊 よい', en: () => '😊 Good' },
    2: { ja: () => '😐 ふつう', en: () => '😐 Fair' },
    1: { ja: () => '😞 わるい', en: () => '😞 Poor' },
  } satisfies Record<1 | 2 | 3, Words>,
  thanks: {
    ja: () => 'お答えありがとうございます。これからの対応に生かします。',
    en: () => 'Thank you. It helps us do better.',
  } satisfies Words,
  records: { ja: () => '担当者とのトークの記録', en: () => 'Your conversations' } satisfies Words,
  recordsHint: {
    ja: (days) => `担当者とのトークを、終了から${days}日間、読み返したり保存したりできます。`,
    en: (days) => `You can read and save your conversations with our staff for ${days} days after their end.`,
  } satisfies Words<[number]>,
  openRecords: { ja: () => '記録を開く', en: () => 'Open them' } satisfies Words,
  again: { ja: () => '担当者と話す', en: () => 'Talk to our staff' } satisfies Words,
  menu: { ja: () => 'メニュー', en: () => 'Menu' } satisfies Words,
};
