import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a key is for. Each purpose has keys of its own, so that one that leaks opens one door. */
const keyPurposes = ['lookup', 'show', 'limits', 'tokens'] as const;
type KeyPurpose = (typeof keyPurposes)[number];

/** The versions of one key: the highest is used for what is new, the others still read what they wrote. */
export interface KeyRing {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
}

/**
 * `lookup` finds link codes (HMAC), `show` shows them again and keeps the seeds of one-time codes and people's pictures
 * (AES-GCM), `limits` hides who is limited (HMAC), `tokens` keeps short-lived link tokens (AES-GCM).
 */
export type Secrets = Readonly<Record<KeyPurpose, KeyRing>>;

/** Every fault of the keys at once; never a key itself. */
export class SecretsFaulty extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SecretsFaulty';
    this.faults = faults;
  }
}

const KEY_BYTES = 32;

/** Reads `{"1": {"lookup": "<base64 of 32 bytes>", "show": …, "limits": …, "tokens": …}, "2": …}`. */
export function parseKeys(json: string, from = 'RENKEI_KEYS'): Secrets {
  const versions = versionsIn(json, from);
  const faults: string[] = [];
  const rings = new Map<KeyPurpose, Map<number, Buffer>>(keyPurposes.map((purpose) => [purpose, new Map()]));
  for (const [version, keys] of versions) {
    if (!/^[1-9]\d{0,8}$/.test(version)) faults.push(`${from}: "${version}" is not a version (1, 2, …)`);
    for (const purpose of keyPurposes) {
      const text = typeof keys === 'object' && keys !== null ? Reflect.get(keys, purpose) : undefined;
      const key = typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
      if (key?.length === KEY_BYTES) rings.get(purpose)?.set(Number(version), key);
      else faults.push(`${from}: version ${version} needs "${purpose}", ${KEY_BYTES} random bytes in base64`);
    }
  }
  if (versions.length === 0) faults.push(`${from}: no version of the keys`);
  if (faults.length > 0) throw new SecretsFaulty(faults);
  const ring = (purpose: KeyPurpose): KeyRing => {
    const keys = rings.get(purpose) ?? new Map<number, Buffer>();
    return { keys, current: Math.max(...keys.keys()) };
  };
  return { lookup: ring('lookup'), show: ring('show'), limits: ring('limits'), tokens: ring('tokens') };
}

function versionsIn(json: string, from: string): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return Object.entries(parsed);
  } catch {
    // The parser's message would repeat a part of the keys.
  }
  throw new SecretsFaulty([`${from}: not a JSON object of versions`]);
}

/** A fresh first version, as JSON on one line: what files of settings can hold. */
export function makeKeys(): string {
  const keys = Object.fromEntries(keyPurposes.map((purpose) => [purpose, randomBytes(KEY_BYTES).toString('base64')]));
  return JSON.stringify({ '1': keys });
}

/**
 * The keys from `RENKEI_KEYS`, else from `keys.json` in the data folder. With `mayCreate` (the demo) that file is made
 * when it is missing, readable by its owner only.
 */
export function loadKeys(
  env: Readonly<Record<string, string | undefined>>,
  dataDir: string,
  { mayCreate }: { mayCreate: boolean },
): Secrets {
  if (env.RENKEI_KEYS) return parseKeys(env.RENKEI_KEYS);
  const path = join(dataDir, 'keys.json');
  if (mayCreate) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(path, makeKeys(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
  try {
    return parseKeys(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    throw new SecretsFaulty(['RENKEI_KEYS is missing: the secret keys for link codes, limits and tokens']);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** HMAC-SHA-256 under the ring's current key. */
export function keyedHash(ring: KeyRing, text: string): Buffer {
  return hmac(keyOf(ring, ring.current), text);
}

/** HMAC-SHA-256 under every version, newest first: finds what was written before a rotation. */
export function keyedHashes(ring: KeyRing): (text: string) => Buffer[] {
  const versions = [...ring.keys.keys()].sort((a, b) => b - a);
  return (text) => versions.map((version) => hmac(keyOf(ring, version), text));
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** SHA-256, for secrets that are random enough to need no key: tokens, nonces, browser secrets. */
export function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** A text only the holder of the key can read, and only together with the same `bound` text (AES-256-GCM). */
export function seal(ring: KeyRing, text: string, bound: string): Buffer {
  return sealBytes(ring, Buffer.from(text, 'utf8'), bound);
}

/** The text of a seal. Throws when it was changed, bound to something else, or its key is gone. */
export function unseal(ring: KeyRing, sealed: Buffer, bound: string): string {
  return unsealBytes(ring, sealed, bound).toString('utf8');
}

/** As `seal`, for what is no text. */
export function sealBytes(ring: KeyRing, bytes: Buffer, bound: string): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(ring.current);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(ring, ring.current), iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([version, iv, cipher.getAuthTag(), body]);
}

/** As `unseal`, for what is no text. */
export function unsealBytes(ring: KeyRing, sealed: Buffer, bound: string): Buffer {
  const key = keyOf(ring, sealed.readUInt32BE(0));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(4, 16), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(sealed.subarray(16, 32));
  return Buffer.concat([decipher.update(sealed.subarray(32)), decipher.final()]);
}

function keyOf(ring: KeyRing, version: number): Buffer {
  const key = ring.keys.get(version);
  if (!key) throw new Error(`no version ${version} of this key`);
  return key;
}
