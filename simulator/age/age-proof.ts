import type { AgeProofState } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { type Answer, createOperatorClient, type OperatorClient, type Tokens } from './operator-client.ts';

/** Where the operator sends people back to. */
export const CALLBACK_PATH = '/age-verification/callback';

/** The client of the operator that answers for ages; null when the simulator was told of none. */
export function operatorClient({ settings, origins }: Platform): OperatorClient | null {
  return settings.ageOperator ? createOperatorClient(settings.ageOperator, `${origins.access}${CALLBACK_PATH}`) : null;
}

const STATES: Record<Exclude<Answer, 'unreachable'>, AgeProofState> = {
  true: 'adult',
  false: 'minor',
  not_available: 'unknown',
  gone: 'withdrawn',
};

/** Asks the operator with these tokens, and keeps what it says with the person. */
export async function askForAge(platform: Platform, person: PersonRecord, tokens: Tokens): Promise<void> {
  const client = operatorClient(platform);
  if (!client) return;
  const { answer, held } = await client.verify(tokens);
  const state = answer === 'unreachable' ? person.age.state : STATES[answer];
  person.age = { state, tokens: state === 'withdrawn' ? null : held };
  platform.world.changes.tell({ type: 'people', userId: person.userId });
}

/** Asks again, where a proof stands: the person may have taken the consent back since. */
export async function askAgain(platform: Platform, person: PersonRecord): Promise<void> {
  if (person.age.tokens) await askForAge(platform, person, person.age.tokens);
}

/** Who may search for people by ID: proven adults; everybody where no operator can be asked. */
export function maySearch({ settings }: Platform, person: PersonRecord): boolean {
  return settings.ageOperator === null || person.age.state === 'adult';
}
