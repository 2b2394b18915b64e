import type { MenuIcon } from './rules/menu.ts';

/**
 * The pictures of the six functions as SVG shapes in a box of 96 × 96, drawn with a round stroke of the colour around
 * them (`currentColor`); nothing is told by a picture alone, each has its word below.
 */
export const icons: Record<MenuIcon, string> = {
  contract: `
    <rect x="20" y="12" width="44" height="60" rx="6"/>
    <path d="M31 28h22M31 41h22M31 54h10"/>
    <circle cx="66" cy="66" r="15" class="cut"/>
    <path d="M58 66l6 6 11-12"/>`,
  'my-page': `
    <path d="M14 46L48 16l34 30"/>
    <path d="M23 40v38h50V40"/>
    <circle cx="48" cy="50" r="8"/>
    <path d="M34 74c2-10 26-10 28 0"/>`,
  phone: `
    <rect x="28" y="10" width="40" height="76" rx="8"/>
    <path d="M43 20h10"/>
    <circle cx="48" cy="40" r="7"/>
    <path d="M37 64c2-15 20-15 22 0"/>`,
  linked: `
    <rect x="28" y="10" width="40" height="76" rx="8"/>
    <path d="M43 20h10"/>
    <path d="M37 50l8 9 15-17"/>`,
  gift: `
    <rect x="16" y="34" width="64" height="16" rx="4"/>
    <path d="M22 50v32h52V50M48 34v48"/>
    <path d="M48 34c-22-2-22-22-8-22 7 0 8 12 8 22zM48 34c22-2 22-22 8-22-7 0-8 12-8 22z"/>`,
  gauge: `
    <path d="M14 66a34 34 0 1 1 68 0"/>
    <path d="M48 64l16-22"/>
    <circle cx="48" cy="66" r="5" fill="currentColor"/>
    <path d="M24 66h-2M74 66h-2M31 47l-2-2M48 38v-3"/>
    <path d="M26 82h44"/>`,
  help: `
    <path d="M14 18h68v48H46L30 82V66H14z"/>
    <path d="M39 35c0-12 18-12 18-1 0 8-9 8-9 15"/>
    <circle cx="48" cy="57.500" r="1.500" fill="currentColor"/>`,
  apply: `
    <path d="M22 12h34l18 18v28M22 12v72h28"/>
    <path d="M56 12v18h18M34 44h26M34 58h14"/>
    <path d="M70 64v24M58 76h24"/>`,
};
