import { html } from 'htm/preact';
import { type Sheet, usePhone } from '../phone-tools.ts';
import { AddFriendSheet } from './add-friend.ts';
import { BrowserSheet } from './browser.ts';
import { DatePickerSheet } from './date-picker.ts';
import { FriendPickerSheet } from './friend-picker.ts';
import { MessageMenuSheet } from './message-menu.ts';
import { PhotosSheet } from './photos.ts';
import { PlacesSheet } from './places.ts';
import { SheetFrame } from './sheet.ts';
import { StickersSheet } from './stickers.ts';
import { TalkMenuSheet } from './talk-menu.ts';

/** Draws the sheet that is open. */
export function OpenSheet({ sheet }: { sheet: Sheet }) {
  const { words } = usePhone();
  switch (sheet.kind) {
    case 'browser':
      return html`<${BrowserSheet} url=${sheet.url} />`;
    case 'friend-picker':
      return html`<${FriendPickerSheet} text=${sheet.text} />`;
    case 'add-friend':
      return html`<${AddFriendSheet} id=${sheet.id} />`;
    case 'talk-menu':
      return html`<${TalkMenuSheet} />`;
    case 'stickers':
      return html`<${StickersSheet} />`;
    case 'photos':
      return html`<${PhotosSheet} />`;
    case 'places':
      return html`<${PlacesSheet} />`;
    case 'message-menu':
      return html`<${MessageMenuSheet} sheet=${sheet} />`;
    case 'date-picker':
      return html`<${DatePickerSheet} action=${sheet.action} />`;
    case 'picture':
      return html`<${SheetFrame} title=${words('image')} isTall=${true}><div class="picture-full"><img src=${sheet.url} alt=${words('image')} /></div><//>`;
    case 'call':
      return html`<${SheetFrame} title=${sheet.number}><p class="sheet-text">${words('phoneCall')}</p><//>`;
  }
}
