import { z } from 'zod';
import { type SealedCookie, sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { StaffParts } from '../deps.ts';

const shape = z.strictObject({ staffId: z.string(), firstPassword: z.string() });

/** A one-time password on its way to the one page that shows it, once: only its hash is stored. */
export function handedOver(deps: StaffParts): SealedCookie<z.infer<typeof shape>> {
  return sealedCookie(
    { ...deps, tokens: deps.secrets.tokens },
    { name: 'renkei-staff-handed', minutes: 5, sameSite: 'Strict', shape },
  );
}
