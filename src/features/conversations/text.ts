import { catalogue, counted } from '../../base/language.ts';

const ja = {
  title: '担当者とトークで話す',
  waiting: '担当者におつなぎします。順番までお待ちください。',
  place: '順番',
  placeIs: (position: number) => (position === 1 ? '次です' : `${position}番目`),
  time: '待ち時間の目安',
  timeIs: (minutes: number | null) =>
    minutes === null ? 'いまはわかりません' : minutes > 60 ? '1時間以上' : `約${minutes}分`,
  writeMeanwhile:
    'ご用件を、いまこのトークに書いておいてください。ここまでのやりとりは担当者に伝わるので、同じ説明はいりません。',
  stopWaiting: '待つのをやめる',
  stopped: '受付を取り消しました。またいつでもどうぞ。',
  nearer: (position: number) =>
    position === 1 ? 'お待たせしています。次が順番です。' : `お待たせしています。順番は${position}番目です。`,
  staff: '担当者',
  taken: (name?: string) => `${name === undefined ? '担当者' : `担当の${name}`}です。おうかがいします。`,
  takenOver: (name?: string) => (name === undefined ? '担当者が代わりました。' : `担当が${name}に代わりました。`),
  backToQueue: '別の担当者におつなぎします。このままお待ちください。ここまでの内容は伝わります。',
  connected: 'いま担当者とつながっています。このまま書いてください。',
  end: '相談を終わる',
  refused: {
    'not-linked': '担当者とトークで話すには、利用者連携か契約者連携が必要です。ご本人のご契約を確かめるためです。',
    'queue-full': 'いま大変混み合っています。少し時間をおいてお試しいただくか、伝言を残してください。',
  },
  outsideHours: (opens: string) => `いまは受付時間外です。次は${opens}から受け付けます。`,
  onHoliday: (opens: string) => `本日はお休みです。次は${opens}から受け付けます。`,
  noHours: 'いまは受け付けていません。',
  leaveHint: '伝言を残すと、担当者があとでこのトークにお返事します。',
  leave: '伝言を残す',
  linkUser: '利用者連携をする',
  linkContractor: '契約者連携をする',
  askAnyway: '自動の回答を見る',
  leaveNow: '伝言をお書きください。何回かに分けても、写真でもかまいません。書き終えたら「以上です」を押してください。',
  goOn: '続けてどうぞ。',
  thatIsAll: '以上です',
  dropMessage: 'やめる',
  messageKept: '伝言をお預かりしました。担当者が確認して、このトークにお返事します。',
  messageFull:
    '伝言がいっぱいになりましたので、ここまでをお預かりしました。担当者が確認して、このトークにお返事します。',
  messageDropped: '伝言を取りやめました。',
  messageWaits: 'お預かりした伝言へのお返事をお待ちください。付け足すこともできます。',
  addToMessage: '伝言を付け足す',
  becameMessage:
    '申し訳ありません。本日の受付時間が終わりました。ここまでの内容は伝言としてお預かりし、担当者があとでこのトークにお返事します。',
  stillThere: (minutes: number) =>
    `まだご覧になっていますか？このままお返事がないときは、約${minutes}分後に終了します。`,
  iAmHere: 'います',
  closed: '担当者とのトークを終了しました。',
  closedBySilence: 'お返事がないため、担当者とのトークを終了しました。またいつでもどうぞ。',
  howWasIt: '今回の対応はいかがでしたか？',
  faces: {
    3: '😊 よい',
    2: '😐 ふつう',
    1: '😞 わるい',
  } satisfies Record<1 | 2 | 3, string>,
  thanks: 'お答えありがとうございます。これからの対応に生かします。',
  records: '担当者とのトークの記録',
  recordsHint: (days: number) => `担当者とのトークを、終了から${days}日間、読み返したり保存したりできます。`,
  openRecords: '記録を開く',
  again: '担当者と話す',
  menu: 'メニュー',
};

const en: typeof ja = {
  title: 'Talk to our staff',
  waiting: 'We will connect you with our staff. Please wait for your turn.',
  place: 'Your place',
  placeIs: (position) => (position === 1 ? 'Next' : `${position} in line`),
  time: 'Expected wait',
  timeIs: (minutes) =>
    minutes === null ? 'Not known now' : minutes > 60 ? 'More than an hour' : `About ${counted(minutes, 'minute')}`,
  writeMeanwhile:
    'Please write what it is about, right here. Our staff see what you asked before: no need to repeat it.',
  stopWaiting: 'Stop waiting',
  stopped: 'You are not waiting any more. Come back at any time.',
  nearer: (position) =>
    position === 1 ? 'Thank you for waiting. You are next.' : `Thank you for waiting. You are ${position} in line.`,
  staff: 'Our staff',
  taken: (name) =>
    name === undefined ? 'You are through to our staff. How can we help you?' : `This is ${name}. How can I help you?`,
  takenOver: (name) => `${name ?? 'A colleague'} takes over from here.`,
  backToQueue: 'A colleague will take over. Please wait; they see what you wrote.',
  connected: 'You are connected with our staff. Just write here.',
  end: 'End the conversation',
  refused: {
    'not-linked': 'To talk to our staff here, link your phone or your contract first: so that we know it is yours.',
    'queue-full': 'Very many people are waiting. Please try again later, or leave a message.',
  },
  outsideHours: (opens) => `Our staff are not here now. They are back on ${opens} (Japan time).`,
  onHoliday: (opens) => `Our staff are off today. They are back on ${opens} (Japan time).`,
  noHours: 'Our staff do not take over at the moment.',
  leaveHint: 'Leave a message, and our staff answer later in this talk.',
  leave: 'Leave a message',
  linkUser: 'Link my phone',
  linkContractor: 'Link contract',
  askAnyway: 'Automatic answers',
  leaveNow: 'Please write your message, in as many parts as you like, also pictures. Tap “That is all” when done.',
  goOn: 'Go on.',
  thatIsAll: 'That is all',
  dropMessage: 'Cancel',
  messageKept: 'We have your message. Our staff will read it and answer in this talk.',
  messageFull: 'Your message is full: we have kept all of it so far. Our staff will read it and answer in this talk.',
  messageDropped: 'Your message is dropped.',
  messageWaits: 'Our staff have your message and will answer. You can add to it.',
  addToMessage: 'Add to my message',
  becameMessage:
    'We are sorry: our staff have finished for today. What you wrote is kept as a message, and they will answer in this talk.',
  stillThere: (minutes) => `Are you still there? Without an answer this ends in about ${minutes} minutes.`,
  iAmHere: 'I am here',
  closed: 'Your conversation with our staff has ended.',
  closedBySilence: 'As there was no answer, the conversation has ended. Come back at any time.',
  howWasIt: 'How was it?',
  faces: {
    3: '😊 Good',
    2: '😐 Fair',
    1: '😞 Poor',
  },
  thanks: 'Thank you. It helps us do better.',
  records: 'Your conversations',
  recordsHint: (days) => `You can read and save your conversations with our staff for ${days} days after their end.`,
  openRecords: 'Open them',
  again: 'Talk to our staff',
  menu: 'Menu',
};

/** What is said in the talk around a conversation. */
export const talkText = catalogue(ja, en);
