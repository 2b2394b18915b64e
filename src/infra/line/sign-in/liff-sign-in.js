import liff from '@line/liff';

// The LIFF app's first page: find out who is here, let the server check it, and move on to where the link led.

const page = document.querySelector('#liff');
const TRIED = 'liff-tried-again';

function fail() {
  page.querySelector('[data-waiting]').hidden = true;
  page.querySelector('[data-failed]').hidden = false;
}

/** What follows `/liff` in the address, without what LINE added on the way. */
function wanted() {
  const query = new URLSearchParams(location.search);
  for (const name of [...query.keys()]) {
    if (/^(code|state|liffClientId|liffRedirectUri|liffIsEscapedFromApp|liff\..*)$/.test(name)) query.delete(name);
  }
  const rest = query.size > 0 ? `?${query}` : '';
  return `${location.pathname.slice('/liff'.length) || '/'}${rest}`;
}

async function enter() {
  await liff.init({ liffId: page.dataset.liffId });
  const redirectUri = `${location.origin}/liff${wanted() === '/' ? '' : wanted()}`;
  if (!liff.isLoggedIn()) return liff.login({ redirectUri });
  const answer = await fetch('/liff/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ idToken: liff.getIDToken(), next: wanted() }),
  });
  if (answer.status === 401 && !sessionStorage.getItem(TRIED) && !liff.isInClient()) {
    // An ID token lives an hour and is kept by the SDK for longer: once more from the start, but only once.
    sessionStorage.setItem(TRIED, 'yes');
    liff.logout();
    return liff.login({ redirectUri });
  }
  if (!answer.ok) return fail();
  sessionStorage.removeItem(TRIED);
  location.replace((await answer.json()).next);
}

enter().catch(fail);
