import type { NavKey } from '../text.ts';

const PATHS: Record<NavKey, string> = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  data: 'M5 20v-7m7 7V4m7 16v-10',
  leave: 'M14 4H6v16h8M10 12h10M16 8l4 4-4 4',
  bills: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8l3 4 3-4M12 12v4M9.5 13h5',
  'top-up': 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 8v8M8 12h8',
  plan: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5',
  gifts: 'M4 12h16v8H4zM3 8h18v4H3zM12 8v12M12 8c-5 0-5-5-2.5-5S12 8 12 8zm0 0c5 0 5-5 2.5-5S12 8 12 8z',
  points: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM10 17V7h3.5a3 3 0 0 1 0 6H10',
  invitations: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-4 2.5-6 6-6s6 2 6 6M18 8v6M15 11h6',
  contract: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
  links: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3',
  'age-proof': 'M4 5h16v14H4zM8 15c0-2 1.5-3 3-3s3 1 3 3M11 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16 9h2M16 12h2',
  security: 'M12 3 5 6v6c0 4 3 7.5 7 9 4-1.5 7-5 7-9V6zM9 12l2 2 4-4',
  'code-help': 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h0',
  help: 'M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5',
};

/** A small drawing beside a word, never instead of one: screen readers skip it. */
export function Icon({ name }: { name: NavKey }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
