/** Whether calls and data of a subscription work, as CAMARA's Subscription Status names it. */
export interface ServiceStatus {
  readonly voiceSmsIn: 'active';
  readonly voiceSmsOut: 'active';
  readonly dataService: 'active' | 'throttled';
}

/**
 * Of a subscription in service, the only kind that is told about: nothing is ever blocked here, and data may be slowed. Null for
 * one without calls: the interface has no word for what was never there, and `suspended` would make its user a suspect.
 */
export function serviceStatus(facts: { hasVoice: boolean; isSlowed: boolean }): ServiceStatus | null {
  if (!facts.hasVoice) return null;
  return { voiceSmsIn: 'active', voiceSmsOut: 'active', dataService: facts.isSlowed ? 'throttled' : 'active' };
}
