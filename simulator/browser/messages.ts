/** What a page in the in-app browser tells the phone around it (`window.postMessage`). */
export type BrowserMessage = { source: 'in-app-browser' } & (
  | { type: 'page'; url: string; title: string }
  | { type: 'share'; text: string }
  | { type: 'add-friend'; id: string }
  | { type: 'close' }
);

/** What the phone answers: the sheet it had opened is done, go back to the page before. */
export interface PhoneMessage {
  source: 'phone';
  type: 'back';
}
