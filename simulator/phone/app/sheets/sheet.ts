import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';

interface SheetProps {
  title: string;
  /** Covers most of the phone, as the browser does. */
  isTall?: boolean;
  testId?: string;
  onClose?: () => void;
  /** Beside the title. */
  tools?: ComponentChildren;
  children?: ComponentChildren;
}

const FOCUSABLE = 'button:not([disabled]), input:not([disabled]), textarea, select, a[href], iframe, [tabindex="0"]';

/** A panel that comes up from the foot of the phone. Escape and the veil close it; Tab stays inside. */
export function SheetFrame(props: SheetProps) {
  const { words, openSheet } = usePhone();
  const frame = useRef<HTMLDivElement>(null);
  const close = props.onClose ?? (() => openSheet(null));

  useEffect(() => {
    const first = frame.current?.querySelector<HTMLElement>('[data-autofocus]') ?? frame.current;
    first?.focus();
  }, []);
  const focusEdge = (edge: 'first' | 'last') => {
    const inside = [...(frame.current?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
    inside.at(edge === 'first' ? 0 : -1)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };

  return html`
    <div class="sheet-place" onKeyDown=${onKeyDown}>
      <div class="veil" onClick=${close}></div>
      <span tabindex="0" onFocus=${() => focusEdge('last')}></span>
      <div class=${`sheet ${props.isTall ? 'is-tall' : ''}`} role="dialog" aria-modal="true" aria-label=${props.title} tabindex="-1" ref=${frame} data-testid=${props.testId}>
        <header class="sheet-header">
          <button type="button" class="icon-button" aria-label=${words('close')} data-testid="close-sheet" onClick=${close}><${Icon} name="close" /></button>
          <h2>${props.title}</h2>
          <div class="sheet-tools">${props.tools}</div>
        </header>
        ${props.children}
      </div>
      <span tabindex="0" onFocus=${() => focusEdge('first')}></span>
    </div>`;
}
