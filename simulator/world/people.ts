import type { AgeProofState, Language } from '../contract.ts';
import { deriveUserId, type PersonInit } from '../options.ts';

/** One simulated LINE user and how they stand to the official account. */
export interface PersonRecord {
  userId: string;
  displayName: string;
  language: Language;
  birthDate: string | null;
  /** E.164. */
  phoneNumber: string | null;
  lineId: string;
  avatar: { color: string; letter: string };
  /** Has added the account at least once. */
  isFriend: boolean;
  isBlocked: boolean;
  /** Has given up LINE; the id is still known, the person is not there any more. */
  hasLeft: boolean;
  /** When the person last wrote, in ms: a non-friend may be pushed to for seven days. */
  lastWroteAtMs: number | null;
  /** Scopes the person has agreed to give the login channel. */
  consentedScopes: string[];
  /** What the person's operator says of their age, and the tokens to ask it again. */
  age: { state: AgeProofState; tokens: { access: string; refresh: string | null } | null };
  /** Sticker sets the account has given the person. */
  stickerProducts: string[];
  /** One of a crowd made for load: nobody holds their phone. */
  isOfCrowd: boolean;
}

const colors = ['#5b8def', '#e4761b', '#3aa17e', '#b65fcf', '#c9483f', '#2f8fa3', '#8a6d3b'];
const knownLineIds: Record<string, string> = {
  たろう: 'taro1980',
  はなこ: 'hanako82',
  さくら: 'sakura2012',
  けん: 'ken1995',
  いちろう: 'ichiro60',
};

/** Everybody on the simulated LINE. */
export class People {
  readonly #people = new Map<string, PersonRecord>();
  readonly #initial: PersonInit[];
  readonly #seed: string;

  constructor(initial: PersonInit[], seed: string) {
    this.#initial = initial;
    this.#seed = seed;
    this.reset();
  }

  reset(): void {
    this.#people.clear();
    for (const person of this.#initial) this.add(person);
  }

  add(init: PersonInit): PersonRecord {
    const place = this.#people.size;
    const isNameTaken = this.dump().some((person) => person.displayName === init.displayName);
    const userId =
      init.userId ?? deriveUserId(this.#seed, isNameTaken ? `${init.displayName} ${place}` : init.displayName);
    const person: PersonRecord = {
      userId,
      displayName: init.displayName,
      language: init.language ?? 'ja',
      birthDate: init.birthDate ?? null,
      phoneNumber: init.phoneNumber ?? null,
      lineId: (isNameTaken ? undefined : knownLineIds[init.displayName]) ?? `person-${userId.slice(1, 9)}`,
      avatar: { color: colors[place % colors.length] ?? '#888888', letter: [...init.displayName][0] ?? '?' },
      isFriend: false,
      isBlocked: false,
      hasLeft: false,
      lastWroteAtMs: null,
      consentedScopes: [],
      age: { state: 'unproven', tokens: null },
      stickerProducts: [],
      isOfCrowd: false,
    };
    this.#people.set(userId, person);
    return person;
  }

  /** Also finds those who have left. */
  find(userId: string): PersonRecord | undefined {
    return this.#people.get(userId);
  }

  /** Those who are there. */
  findPresent(userId: string): PersonRecord | undefined {
    const person = this.find(userId);
    return person?.hasLeft ? undefined : person;
  }

  all(): PersonRecord[] {
    return [...this.#people.values()].filter((person) => !person.hasLeft);
  }

  dump(): PersonRecord[] {
    return [...this.#people.values()];
  }

  load(people: PersonRecord[]): void {
    this.#people.clear();
    // Files written before people had phone numbers, crowds or an age that can be proven, know of none.
    for (const person of people)
      this.#people.set(person.userId, {
        ...person,
        phoneNumber: person.phoneNumber ?? null,
        age: person.age ?? { state: 'unproven', tokens: null },
        isOfCrowd: person.isOfCrowd ?? false,
      });
  }

  /** The account may write to them and show them a menu. */
  isReachable(person: PersonRecord): boolean {
    return person.isFriend && !person.isBlocked && !person.hasLeft;
  }
}
