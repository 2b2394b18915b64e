import { fold, type Language } from '../../../base/language.ts';
import { type LinkState, linkStates } from '../../../base/link-state.ts';

/** `nobody:ja`, `both:en` …: one menu for each state in each language. */
export type MenuName = `${LinkState}:${Language}`;

export type MenuIcon = 'contract' | 'phone' | 'gift' | 'gauge' | 'help' | 'apply' | 'my-page' | 'linked';

/** One of the six areas: what it shows, what is read aloud, and where it leads (an address or a button's data). */
export interface MenuArea {
  readonly icon: MenuIcon;
  readonly label: string;
  readonly target: string;
}

/** The words on the menu; each is also what the person is shown to have said. */
export const menuLabels = {
  contract: { ja: '契約者連携', en: 'Link contract' },
  'my-page': { ja: 'マイページ', en: 'My Page' },
  phone: { ja: '利用者連携', en: 'Link my phone' },
  linked: { ja: '連携済み', en: 'Linked' },
  gift: { ja: 'データプレゼント', en: 'Give data' },
  gauge: { ja: 'データ残量確認', en: 'Data left' },
  help: { ja: 'いつでもヘルプ', en: 'Help anytime' },
  apply: { ja: '新規申し込み', en: 'New application' },
} as const satisfies Record<MenuIcon, Record<Language, string>>;

/** How the menu for a state of links is called, in each language. */
export function menuName(state: LinkState, language: Language): MenuName {
  return `${state}:${language}`;
}

/** The six areas in reading order, three in the upper row and three in the lower. */
export function menuAreas(state: LinkState, language: Language, publicUrl: string): readonly MenuArea[] {
  const hasContractorLink = state === 'contractor' || state === 'both';
  const hasUserLink = state === 'user' || state === 'both';
  const area = (icon: MenuIcon, target: string): MenuArea => ({ icon, label: menuLabels[icon][language], target });
  return [
    // With the link My Page is one tap away: LINE Login signs in by itself inside LINE.
    hasContractorLink ? area('my-page', `${publicUrl}/login/line?next=/`) : area('contract', 'link-contractor.open'),
    area(hasUserLink ? 'linked' : 'phone', 'link-user.open'),
    area('gift', 'gifts.open'),
    area('gauge', 'data.open'),
    area('help', 'help.open'),
    area('apply', 'applications.open'),
  ];
}

/** Every menu there is. */
export const allMenus: readonly { readonly name: MenuName; readonly state: LinkState; readonly language: Language }[] =
  linkStates.flatMap((state) =>
    (['ja', 'en'] as const).map((language) => ({ name: menuName(state, language), state, language })),
  );

/** The words on the menu's button with this data, or null for a button of a message. */
export function menuLabelOf(data: string, language: Language): string | null {
  const areas = linkStates.flatMap((state) => menuAreas(state, language, ''));
  return areas.find(({ target }) => target === data)?.label ?? null;
}

/** What the menu's button with these words does (folded), for whoever writes them instead; null where it opens an address. */
export function menuTargetOf(said: string): string | null {
  return targets.get(said) ?? null;
}

const targets: ReadonlyMap<string, string> = new Map(
  allMenus
    .flatMap(({ state, language }) => menuAreas(state, language, 'https:'))
    .filter(({ target }) => !target.startsWith('https:'))
    .map(({ label, target }) => [fold(label), target]),
);
