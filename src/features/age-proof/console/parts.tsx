import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { Form as PostedForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { withRemark } from '../../../infra/ui/format.ts';
import type { Staff } from '../../staff/index.ts';
import type { Partner } from '../partner-store.ts';
import type { AddFault } from '../partners.ts';
import { AGE_SCOPE, STATUS_SCOPE, TENURE_SCOPE, VOLUME_SCOPE, VOLUME_SCOPES } from '../rules/scopes.ts';
import { consoleText } from './text.ts';

/** What the console's pages about partners share: how a form is read, and how a partner is shown. */

/** What the console's pages about partners need. */
export interface PartnerConsoleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly staff: Staff;
}

export const PARTNERS_HOME = '/console/partners';

/** The console's frame, at this place of its navigation. */
export const frameOf = ({ staff }: PartnerConsoleDeps, c: WebContext) => ({ c, staff, at: 'partners' });

/** What fits which field of the form. */
export const FIELD_OF: Record<AddFault, string> = {
  'partner-id-malformed': 'partnerId',
  'partner-id-taken': 'partnerId',
  'no-grant': 'grant-code',
  'redirect-uri-missing': 'redirectUris',
  'redirect-uri-unsafe': 'redirectUris',
  'scope-unknown': 'told-age',
  'purpose-unknown': 'purpose',
  'age-out-of-range': 'ages',
  'limit-out-of-range': 'limit',
  'consent-days-out-of-range': 'days',
  'keys-missing': 'keys',
};

export function State({ partner, c }: { partner: Partner; c: WebContext }) {
  const t = consoleText(c.var.language);
  const isStanding = partner.suspendedAt === null;
  return <span class={`badge ${isStanding ? 'good' : 'bad'}`}>{isStanding ? t.standing : t.suspended}</span>;
}

export function ToldList({ partner, c }: { partner: Partner; c: WebContext }) {
  const { language } = c.var;
  const t = consoleText(language);
  const told = [
    ...(partner.scopes.includes(AGE_SCOPE)
      ? [withRemark(t.toldAge, partner.ageThresholds?.join(', ') ?? t.anyAge, language)]
      : []),
    ...(partner.canMatchIdentity ? [t.match] : []),
    ...(partner.scopes.includes(VOLUME_SCOPE) ? [t.toldVolume] : []),
    ...(partner.scopes.some((scope) => scope.endsWith(':create')) ? [t.toldEvents] : []),
    ...(partner.scopes.includes(TENURE_SCOPE) ? [t.toldTenure] : []),
    ...(partner.scopes.includes(STATUS_SCOPE) ? [t.toldStatus] : []),
  ];
  return (
    <ul class="plain">
      {told.map((each) => (
        <li>{each}</li>
      ))}
    </ul>
  );
}

export function scopesOf(form: PostedForm): string[] {
  return [
    ...(form('told-age') === 'yes' ? [AGE_SCOPE] : []),
    ...(form('told-volume') === 'yes' ? [VOLUME_SCOPE] : []),
    ...(form('told-events') === 'yes' ? VOLUME_SCOPES.filter((scope) => scope !== VOLUME_SCOPE) : []),
    ...(form('told-tenure') === 'yes' ? [TENURE_SCOPE] : []),
    ...(form('told-status') === 'yes' ? [STATUS_SCOPE] : []),
  ];
}

/** What can be changed later, as typed: numbers that are none become NaN, which no rule lets pass. */
export function termsOf(form: PostedForm) {
  const words = (name: string) =>
    form(name)
      .split(/[\s,]+/)
      .filter(Boolean);
  const ages = words('ages').map(Number);
  return {
    redirectUris: words('redirectUris'),
    ageThresholds: ages.length > 0 ? ages : null,
    requestsPerMinute: Number(form('limit')),
    consentDays: Number(form('days')),
  };
}

/** A key set; null when nothing was typed, undefined when it is none. */
export function keysOf(typed: string): unknown {
  if (typed.trim() === '') return null;
  try {
    const parsed: unknown = JSON.parse(typed);
    const isSet = typeof parsed === 'object' && parsed !== null && 'keys' in parsed && Array.isArray(parsed.keys);
    return isSet ? parsed : undefined;
  } catch {
    return undefined;
  }
}
