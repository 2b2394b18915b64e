import { readImageHeader } from '../world/image-header.ts';

const atMostBytes = 1024 * 1024;

/** Why a rich-menu picture is refused, or null: JPEG or PNG, at most 1 MB, 800–2500 × ≥250, at least 1.45 times as wide as high. */
export function checkMenuImage(bytes: Uint8Array, contentType: string): { status: number; message: string } | null {
  if (!['image/png', 'image/jpeg'].includes(contentType)) {
    return { status: 415, message: `The content type, ${contentType || '-'}, is not supported` };
  }
  if (bytes.length > atMostBytes) return { status: 413, message: 'Request Entity Too Large' };
  const header = readImageHeader(bytes);
  if (header?.contentType !== contentType) return { status: 400, message: 'The image is invalid for richmenu' };
  const { width, height } = header;
  const isAllowed = width >= 800 && width <= 2_500 && height >= 250 && width / height >= 1.45;
  return isAllowed ? null : { status: 400, message: 'The image size is not allowed for richmenu' };
}
