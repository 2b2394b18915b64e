import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';

/** Cards side by side: swiped on a phone, moved by the arrow buttons or keys on a computer. */
export function Carousel({ label, children }: { label: string; children: ComponentChildren }) {
  const { words } = usePhone();
  const strip = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState({ before: false, after: true });
  const look = () => {
    const { scrollLeft = 0, scrollWidth = 0, clientWidth = 0 } = strip.current ?? {};
    setLeft({ before: scrollLeft > 4, after: scrollLeft + clientWidth < scrollWidth - 4 });
  };
  useEffect(look, []);
  const buttonClass = (isUseful: boolean) => `icon-button ${isUseful ? '' : 'is-spent'}`;
  const move = (direction: 1 | -1) => strip.current?.scrollBy({ left: direction * 260 });
  return html`
    <div class="carousel" role="group" aria-label=${label}>
      <div class="carousel-strip" ref=${strip} onScroll=${look} tabindex="0" role="region" aria-label=${label}>${children}</div>
      <div class="carousel-buttons">
        <button type="button" class=${buttonClass(left.before)} aria-label=${words('previous')} onClick=${() => move(-1)}><${Icon} name="back" /></button>
        <button type="button" class=${buttonClass(left.after)} aria-label=${words('next')} onClick=${() => move(1)}><${Icon} name="next" /></button>
      </div>
    </div>`;
}
