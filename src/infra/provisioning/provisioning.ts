import { z } from 'zod';
import type { Msisdn } from '../../base/msisdn.ts';
import type { Decision } from '../../base/refusal.ts';
import type { CompanyTrouble } from '../outside/company.ts';

/** The number a SIM is to have: one of the network's, or one that comes along from another operator. */
export type NumberWish =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'port-in';
      readonly msisdn: Msisdn;
      /** The ten digits of the operator before; null where the porting is by one-stop. */
      readonly reservationNumber: string | null;
    };

/** What the network is asked to bring into being. */
export interface ActivationOrder {
  /** Ours, one for each subscription to be; everything about it is asked by this key. */
  readonly activationKey: string;
  readonly planCode: string;
  readonly optionCodes: readonly string[];
  readonly hasVoice: boolean;
  readonly simKind: 'sim' | 'esim';
  readonly number: NumberWish;
  /** Porting compares them with what the operator before has. */
  readonly holder: { readonly name: string; readonly kana: string; readonly birthDate: string };
}

/** Why an activation failed, and so what helps. */
export const ACTIVATION_FAILURES = [
  /** The operator before will not let the number go: name or reservation differ. */
  'port-refused',
  /** The number is one of this network's already. */
  'number-in-use',
  'no-number-left',
  'network-fault',
] as const;
export type ActivationFailure = (typeof ACTIVATION_FAILURES)[number];

const since = { attempt: z.int().min(1) };

export const activation = z.discriminatedUnion('state', [
  z.object({ ...since, state: z.literal('acknowledged') }),
  z.object({ ...since, state: z.literal('in-progress') }),
  z.object({
    ...since,
    state: z.literal('completed'),
    msisdn: z.string().regex(/^[1-9]\d{7,14}$/),
    iccid: z.string().regex(/^\d{18,20}$/),
    /** What a phone loads an eSIM with (`LPA:1$…`); null for a card. */
    esimActivationCode: z.string().startsWith('LPA:1$').nullable(),
    /** Instant, ISO 8601. */
    completedAt: z.iso.datetime({ offset: true }),
  }),
  z.object({ ...since, state: z.literal('failed'), failure: z.enum(ACTIVATION_FAILURES) }),
  z.object({ ...since, state: z.literal('cancelled') }),
]);

/** How far an activation is. `attempt` counts from 1. */
export type Activation = z.infer<typeof activation>;

export const DEACTIVATION_FAILURES = ['network-fault'] as const;

export const deactivation = z.discriminatedUnion('state', [
  z.object({ ...since, state: z.literal('acknowledged') }),
  z.object({ ...since, state: z.literal('in-progress') }),
  z.object({
    ...since,
    state: z.literal('completed'),
    /** Instant, ISO 8601. */
    endedAt: z.iso.datetime({ offset: true }),
  }),
  z.object({ ...since, state: z.literal('failed'), failure: z.enum(DEACTIVATION_FAILURES) }),
]);

/** How far the end of a SIM is. `attempt` counts from 1. */
export type Deactivation = z.infer<typeof deactivation>;

/** The network's side: gives numbers and makes SIMs work, in minutes. Every call may be repeated. */
export interface Provisioning {
  /** Asks for an activation; asked again under the same key, tells how far it is. Another order under it is refused. */
  submit(order: ActivationOrder): Promise<Decision<Activation, CompanyTrouble>>;
  look(activationKey: string): Promise<Decision<Activation, CompanyTrouble>>;
  /** Tries a failed one anew, as its `attempt`-th. A number that was given to it stays its own. */
  repeat(activationKey: string, attempt: number): Promise<Decision<Activation, CompanyTrouble>>;
  /** Stops one that is not completed; its number rests and is given to nobody. Refused once it is completed. */
  cancel(activationKey: string): Promise<Decision<Activation, CompanyTrouble>>;
  /**
   * Ends what works: SIM and eSIM serve nobody any more, and the number is free to come back with another activation. Asked
   * again as the same attempt, tells how far it is; as the next, tries anew what failed. Refused for what never worked.
   */
  deactivate(activationKey: string, attempt: number): Promise<Decision<Deactivation, CompanyTrouble>>;
}
