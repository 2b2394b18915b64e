import type { messagingApi } from '@line/bot-sdk';
import { checkMediaUrl, type Report } from './report.ts';

/** What a coupon's type cannot say: it ends after it begins, and can be used once or always. */
export function checkCoupon(report: Report, coupon: messagingApi.CouponCreateRequest): void {
  const { startTimestamp, endTimestamp, maxUseCountPerTicket, imageUrl, barcodeImageUrl, couponCode } = coupon;
  if (endTimestamp <= startTimestamp) report('/endTimestamp', 'Must be later than startTimestamp');
  if (maxUseCountPerTicket !== 1 && maxUseCountPerTicket !== -1) {
    report('/maxUseCountPerTicket', 'Must be one of the following values: [1, -1]');
  }
  checkMediaUrl(report, '/imageUrl', imageUrl);
  checkMediaUrl(report, '/barcodeImageUrl', barcodeImageUrl);
  if (couponCode === '') report('/couponCode', 'May not be empty');
}
