import { html } from 'htm/preact';
import { usePhone } from '../phone-tools.ts';
import { faceOf } from './sticker-face.ts';

/** A sticker. LINE's pictures are LINE's; here each id has a face of its own, always the same one. */
export function StickerMessage({ message }: { message: Record<string, unknown> }) {
  const { words } = usePhone();
  const name = `${message.packageId}:${message.stickerId}`;
  return html`
    <div class="sticker" role="img" aria-label=${`${words('sticker')} ${name}`}><${StickerFace} seed=${name} /></div>`;
}

const EYES = ['M32 44v6M68 44v6', 'M26 48q6-8 12 0M62 48q6-8 12 0', 'M26 44l12 6M74 44l-12 6', 'M32 46h.1M68 46h.1'];
const MOUTHS = [
  'M34 64q16 16 32 0',
  'M38 66h24',
  'M36 62q14 22 28 0z',
  'M42 66a8 8 0 1 0 16 0a8 8 0 1 0-16 0',
  'M36 70q14-10 28 0',
];
const EXTRAS = ['', 'M22 60h8M70 60h8', 'M50 10v-6M40 12l-4-5M60 12l4-5', 'M80 26q7 9 0 13q-7-4 0-13'];

export function StickerFace({ seed }: { seed: string }) {
  const face = faceOf(seed);
  return html`
    <svg viewBox="0 0 100 100" class="sticker-face" aria-hidden="true">
      ${face.hasEars && html`<path d="M18 34 22 8 42 20zM82 34 78 8 58 20z" fill=${face.color} stroke=${face.line} stroke-width="3" stroke-linejoin="round" />`}
      <rect x="12" y="16" width="76" height="72" rx=${face.roundness} fill=${face.color} stroke=${face.line} stroke-width="3" />
      <path d=${EYES[face.eyes]} class="sticker-line" stroke=${face.line} />
      <path d=${MOUTHS[face.mouth]} class="sticker-line" stroke=${face.line} fill=${face.mouth === 2 || face.mouth === 3 ? '#b3413c' : 'none'} />
      <path d=${EXTRAS[face.extra]} class="sticker-line" stroke=${face.extra === 1 ? '#e2746c' : face.line} />
    </svg>`;
}
