// Every page works without this file. It adds: copying, one submit per tap, and the focus on what went wrong.

/** After a tap the form's buttons rest, so a double tap sends once. Coming back wakes them. */
function restButtons(form, isResting) {
  for (const button of form.querySelectorAll('button')) {
    if (isResting) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }
  form.toggleAttribute('data-sending', isResting);
}

const FILE_MS = 3_000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.hasAttribute('data-sending')) event.preventDefault();
  else if (form.method === 'post') restButtons(form, true);
  // A file leaves the page where it is.
  if (form.hasAttribute('data-file')) setTimeout(() => restButtons(form, false), FILE_MS);
});

window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) restButtons(form, false);
});

async function copy(button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const area = document.createElement('textarea');
    area.value = button.dataset.copy;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  button.textContent = button.dataset.copied;
  document.querySelector('#live')?.replaceChildren(button.dataset.copied);
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}

document.querySelector('.error-summary')?.focus();
