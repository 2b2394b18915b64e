import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

/** What a browser with a security chip does, as far as a site sees it: makes passkeys and answers challenges. */
export function pretendAuthenticator({ rpId, origin }: { rpId: string; origin: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');

  const clientData = (type: string, challenge: string, from = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  /** Flags: 0x01 somebody was there, 0x04 it was they, 0x40 a new key follows. */
  const authenticatorData = (flags: number, forRpId = rpId, counter = 0) =>
    Buffer.concat([
      createHash('sha256').update(forRpId).digest(),
      Buffer.from([flags]),
      Buffer.from([0, 0, 0, counter]),
    ]);

  return {
    id,
    create(options: { challenge: string }): string {
      // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const length = Buffer.from([0, credentialId.length]);
      const data = Buffer.concat([authenticatorData(0x45), Buffer.alloc(16), length, credentialId, key]);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ]);
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      });
    },
    /** @param tricks what a page of somebody else, a chip that asked nobody, or one that counts would do otherwise */
    get(
      options: { challenge: string },
      tricks: { origin?: string; rpId?: string; flags?: number; counter?: number } = {},
    ): string {
      const data = authenticatorData(tricks.flags ?? 0x05, tricks.rpId, tricks.counter);
      const client = clientData('webauthn.get', options.challenge, tricks.origin);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
        },
        clientExtensionResults: {},
      });
    },
  };
}
