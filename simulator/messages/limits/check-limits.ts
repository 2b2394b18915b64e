import type { messagingApi } from '@line/bot-sdk';
import type { Fault } from '../refusal.ts';
import type { BodyName } from '../schema-check.ts';
import { type AudienceBody, checkAudience } from './audiences.ts';
import { checkCoupon } from './coupons.ts';
import { checkMessage } from './messages.ts';
import type { Report } from './report.ts';
import { checkRichMenu } from './rich-menus.ts';

interface Sending {
  messages: messagingApi.Message[];
  customAggregationUnits?: string[];
}

/**
 * Of a body with faults of type: the limits of those messages that have none, because LINE tells of all bad messages at
 * once. Nothing when it has no messages.
 */
export function checkSoundMessages(name: BodyName, body: unknown, isFaulty: (index: number) => boolean): Fault[] {
  const faults: Fault[] = [];
  const messages = (body as { messages?: unknown } | null)?.messages;
  if (!sendings.has(name) || !Array.isArray(messages)) return faults;
  messages.forEach((message: messagingApi.Message, index) => {
    if (isFaulty(index)) return;
    checkMessage((pointer, text) => faults.push({ pointer, message: text }), `/messages/${index}`, message);
  });
  return faults;
}

const sendings = new Set<BodyName>([
  'Reply',
  'Push',
  'Multicast',
  'Broadcast',
  'Narrowcast',
  'NotificationPush',
  'Validate',
]);

/** What the types cannot say. The body has passed its schema, which is what the casts rely on. */
export function checkLimits(name: BodyName, body: unknown): Fault[] {
  const faults: Fault[] = [];
  const report: Report = (pointer, message) => faults.push({ pointer, message });
  switch (name) {
    case 'Reply':
    case 'Push':
    case 'Multicast':
    case 'Broadcast':
    case 'Narrowcast':
    case 'NotificationPush':
    case 'Validate': {
      const sending = body as Sending;
      sending.messages.forEach((message, index) => {
        checkMessage(report, `/messages/${index}`, message);
      });
      checkUnits(report, sending.customAggregationUnits ?? []);
      return faults;
    }
    case 'AudienceUpload':
    case 'AudienceAdd':
    case 'AudienceOfClicks':
    case 'AudienceOfImpressions':
    case 'AudienceDescription':
      checkAudience(report, name, body as AudienceBody);
      return faults;
    case 'RichMenu':
      checkRichMenu(report, body as messagingApi.RichMenuRequest);
      return faults;
    case 'CouponCreate':
      checkCoupon(report, body as messagingApi.CouponCreateRequest);
      return faults;
    case 'Loading':
      checkLoading(report, body as messagingApi.ShowLoadingAnimationRequest);
      return faults;
    default:
      return faults;
  }
}

function checkUnits(report: Report, units: string[]): void {
  if (units.length > 1) report('/customAggregationUnits', 'Size must be between 0 and 1');
  units.forEach((unit, index) => {
    if (!/^[A-Za-z0-9_]{1,30}$/.test(unit)) {
      report(`/customAggregationUnits/${index}`, 'Must match "^[a-zA-Z0-9_]{1,30}$"');
    }
  });
}

function checkLoading(report: Report, body: messagingApi.ShowLoadingAnimationRequest): void {
  if (!/^U[0-9a-f]{32}$/.test(body.chatId)) {
    const words = 'Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.';
    report('/chatId', words);
  }
  if (body.loadingSeconds !== undefined && body.loadingSeconds % 5 !== 0) {
    report('/loadingSeconds', 'must be a multiple of five');
  }
}
