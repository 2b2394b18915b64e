// Passkeys: forms marked data-passkey ask for a challenge, let the browser answer it, and send the answer as a form.
// Where the browser cannot, or the site has no name of its own (an IP address), they stay hidden.

const canUse = window.PublicKeyCredential?.parseRequestOptionsFromJSON && !/^[\d.]+$|^\[/.test(location.hostname);

for (const part of document.querySelectorAll('[data-passkey-part]')) part.hidden = !canUse;

async function answer(form) {
  const options = await fetch(`${form.getAttribute('action')}/options`, { method: 'POST' });
  if (!options.ok || options.redirected) throw new Error('no challenge');
  const json = await options.json();
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) });
  form.elements.response.value = JSON.stringify(credential.toJSON());
  form.submit();
}

// Before enhance.js hears it: the form is sent only with an answer in it.
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!form.dataset.passkey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(form).catch(() => {
      const said = form.querySelector('[data-passkey-failed]');
      if (said) said.hidden = false;
    });
  },
  true,
);
