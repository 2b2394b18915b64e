/** What of an application staff can ask about, and the applicant can correct while it is an order. */
export const orderTopics = [
  'sim',
  'number',
  'name',
  'birth-date',
  'address',
  'phone',
  'user',
  'identity',
  'card',
] as const;
export type OrderTopic = (typeof orderTopics)[number];
