/** Words that ask for staff, folded (see `fold`), as all below. */
export const ASKING = [
  'オペレーター',
  'オペレータ',
  'オペレーターに相談',
  'オペレーターと話したい',
  'オペレーターにつないで',
  '担当者',
  '担当者に相談',
  '担当者と話したい',
  '担当者につないで',
  '人と話したい',
  '人に相談',
  '人に聞きたい',
  '人間と話したい',
  'スタッフと話したい',
  '有人チャット',
  'チャットで相談',
  'operator',
  'agent',
  'human',
  'livechat',
  'talktoaperson',
  'talktoahuman',
  'talktostaff',
  'talktoouragent',
];
/** … for one's own transcripts. */
export const RECORDS = ['会話の記録', 'トークの記録', '相談の記録', 'transcript', 'transcripts', 'myconversations'];
/** … say that a message is complete. */
export const DONE = ['以上', '以上です', '送信', '終わり', 'done', 'thatisall', 'send'];
/** … give up waiting, or a message. */
export const DROPPED = ['やめる', 'やめます', '取り消し', 'キャンセル', 'cancel', 'stop'];
