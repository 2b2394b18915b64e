/**
 * Runs in the picker's window: answers the app's health checks, takes the messages from the app (and from nobody else),
 * and lets them be sent once somebody is chosen.
 */
export const pickerScript = `
const form = document.querySelector('form');
const send = form.querySelector('button');
const chosen = () => form.querySelectorAll('[name=to]:checked').length;
let isMultiple = true;
let hasMessages = false;
const update = () => { send.disabled = !hasMessages || chosen() === 0; };
addEventListener('message', (event) => {
  if (event.origin !== form.dataset.appOrigin || event.source !== window.opener || !event.data) return;
  const { name, body } = event.data;
  if (name === 'healthcheck' && !hasMessages) {
    event.source.postMessage({ name: 'receivedHealthcheck', body: {} }, event.origin);
  }
  if (name !== 'ready') return;
  form.elements.messages.value = JSON.stringify(body.messages);
  isMultiple = body.isMultiple !== false;
  hasMessages = true;
  update();
});
form.addEventListener('change', (event) => {
  if (!isMultiple && event.target.checked) {
    for (const box of form.querySelectorAll('[name=to]')) box.checked = box === event.target;
  }
  update();
});
`;
