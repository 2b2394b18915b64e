import { SignJWT } from 'jose';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { es256Keys, keyId } from './id-token.ts';

/** What a LIFF app may ask of people unless it is configured otherwise. */
export const liffScopes = ['openid', 'profile', 'chat_message.write'];

const everywhere = { permission: true, minVer: '9.19.0' };

/**
 * The token in which LINE tells the LIFF SDK about the app and where it runs. The SDK reads it without checking the
 * signature; it is signed all the same.
 * @param person who has the app open inside LINE; null in any other browser
 */
export async function makeContextToken({ world, settings }: Platform, person: PersonRecord | null): Promise<string> {
  const { privateKey } = await es256Keys();
  const issuedAt = Math.floor(world.clock.now() / 1_000);
  const place = person ? { type: 'utou', userId: person.userId } : { type: 'external' };
  return new SignJWT({
    ...place,
    liffId: settings.liffId,
    endpointUrl: settings.liffEndpointUrl,
    permanentLinkPattern: 'concat',
    viewType: 'full',
    accessTokenHash: '',
    scope: liffScopes,
    menuColorSetting: { adaptableColorSchemes: ['light'] },
    availability: {
      shareTargetPicker: { permission: true, minVer: '10.3.0' },
      multipleLiffTransition: { permission: false, minVer: '10.18.0' },
      subwindowOpen: everywhere,
      scanCode: { permission: false, minVer: '9.4.0' },
      scanCodeV2: { permission: false, minVer: '11.7.0' },
      skipChannelVerificationScreen: { permission: false, minVer: '11.14.0' },
    },
    iss: 'https://api.line.me',
    iat: issuedAt,
    exp: issuedAt + 86_400,
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256', kid: keyId })
    .sign(privateKey);
}
