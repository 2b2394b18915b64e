// The form for applications works without this file. It adds: the total while one chooses, and the address while one types.

const total = document.querySelector('[data-total]');

/** Adds up what is ticked, in the words the page gives for nothing at all. */
function addUp() {
  const chosen = [...document.querySelectorAll('input:checked')]
    .map((input) => input.closest('label, .choice')?.querySelector('[data-yen]'))
    .filter(Boolean);
  if (!chosen.some((price) => price.closest('.radio-card'))) return;
  const yen = chosen.reduce((sum, price) => sum + Number(price.dataset.yen), 0);
  total.textContent = total.dataset.total.replace('0', yen.toLocaleString('en-US'));
}

if (total) {
  for (const button of document.querySelectorAll('[data-without-script]')) button.hidden = true;
  document.addEventListener('change', addUp);
  addUp();
}

const postalCode = document.querySelector('#postalCode');
const address = document.querySelector('#address');
let filled = '';

/** Fills the address in, unless the person has written one. */
async function lookUp() {
  const digits = postalCode.value.normalize('NFKC').replace(/\D/g, '');
  if (digits.length !== 7 || (address.value !== '' && address.value !== filled)) return;
  const answer = await fetch(`/apply/postal-code?code=${digits}`).catch(() => null);
  if (!answer?.ok) return;
  filled = (await answer.json()).address;
  address.value = filled;
}

postalCode?.addEventListener('input', lookUp);
