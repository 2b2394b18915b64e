import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';

/** A short word at the foot of the phone; it goes by itself. */
export function useToast(): [string, (text: string) => void] {
  const [toast, setToast] = useState({ text: '', count: 0 });
  useEffect(() => {
    if (toast.text === '') return;
    const timer = setTimeout(() => setToast({ text: '', count: toast.count }), 2500);
    return () => clearTimeout(timer);
  }, [toast]);
  return [toast.text, (text) => setToast({ text, count: toast.count + 1 })];
}

export const Toast = ({ text }: { text: string }) => html`
  <div class="toast" role="status" aria-live="polite">${text && html`<span>${text}</span>`}</div>`;
