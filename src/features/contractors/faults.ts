import type { ContractorFault } from './contractor-actions.ts';
import type { SubscriptionFault } from './subscription-actions.ts';

/** Why the back office's wish is not done, in the words of the interface and of a file's report. */
export const provisioningFaults: Readonly<Record<ContractorFault | SubscriptionFault, string>> = {
  'login-id-malformed': 'A login ID is 3 to 64 of a-z, 0-9 and . _ @ + -',
  'login-id-taken': 'The login ID is taken',
  'password-too-short': 'The password is too short',
  'password-too-long': 'The password is too long',
  'password-like-login-id': 'The password is too much like the login ID',
  'password-common': 'The password is a well-known one, or one with little added',
  'contractor-unknown': 'There is no such contractor',
  'plan-unknown': 'There is no such plan',
  'option-unknown': 'There is no such option for this plan',
  'msisdn-malformed': 'This is not a phone number',
  'msisdn-taken': 'Another subscription has this number',
  'ends-before-it-opens': 'A subscription ends after it opens',
};
