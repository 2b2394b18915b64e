/** What a text comes to that asks for staff (`asking.ts`). */
export const ASK = 'operator';
/** Words that ask for one's own transcripts, folded (see `fold`), as all below. */
export const RECORDS = ['会話の記録', 'トークの記録', '相談の記録', 'transcript', 'transcripts', 'myconversations'];
/** … say that a message is complete. */
export const DONE = ['以上', '以上です', '送信', '終わり', 'done', 'thatisall', 'send'];
/** … give up waiting, or a message. */
export const DROPPED = ['やめる', 'やめます', '取り消し', 'キャンセル', 'cancel', 'stop'];
