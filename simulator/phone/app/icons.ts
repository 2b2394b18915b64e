import { html } from 'htm/preact';

/** Stroke drawings on a 24 px grid, our own. */
const PATHS = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  talk: 'M4 5h16v11H10l-4 4v-4H4z',
  settings:
    'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  back: 'M15 5 8 12l7 7',
  close: 'M6 6l12 12M18 6 6 18',
  reload: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-5 16-4-6z',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.5 14.5c2 2.5 5 2.5 7 0M9 9.5v.5M15 9.5v.5',
  photo: 'M4 6h16v13H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5v.1',
  menu: 'M4 6h16M4 12h16M4 18h16',
  more: 'M12 5v.2M12 12v.2M12 19v.2',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  next: 'M9 5l7 7-7 7',
  addFriend: 'M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M3 20c0-4 3-6 7-6s5 1 6 2M19 15v6M16 18h6',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2M14 20h2M18 18h2v2',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20',
  shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z',
  check: 'M5 12l5 5 9-10',
  panel: 'M4 5h16v14H4zM14 5v14M16.5 9h1.5M16.5 12h1.5',
  auto: 'M12 4a8 8 0 1 0 0 16zM12 4v16a8 8 0 0 0 0-16',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19',
  dark: 'M20 14.5A8 8 0 1 1 9.5 4a6.5 6.5 0 0 0 10.5 10.5z',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  phone: 'M6 4h4l2 5-2.5 1.5a11 11 0 0 0 4 4L15 12l5 2v4c0 1-1 2-2 2C10 19 5 14 4 6c0-1 1-2 2-2z',
  pin: 'M12 3a6 6 0 0 1 6 6c0 5-6 12-6 12S6 14 6 9a6 6 0 0 1 6-6M12 7a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: the control around it carries the name. */
export const Icon = ({ name, size = 22 }: { name: IconName; size?: number }) =>
  html`<svg class="icon" viewBox="0 0 24 24" width=${size} height=${size} aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
