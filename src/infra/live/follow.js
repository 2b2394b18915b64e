// Parts of a page that follow what changes. Every page works without this file, by loading it again.
//
// <live-stream src="…">: where the page hears of changes (server-sent events).
// <live-part id="…" src="…" when="conversation" | "conversation:<id>" every="500" again="30000">: is read anew from `src` when
//   one of the named things changes, at most once in `every` milliseconds, and without that after `again` of them. What is the same stays the same element, so focus, what is
//   being typed and the place in the page are kept.
// [data-keep] is never touched while it stands; [data-stick] stays at its end when it is there; [data-count] stands before
// the window's title; [data-say] is read out when it changes. form[data-live] is sent without leaving the page.

const READ_AGAIN_MS = 1_000;
const SEND_AGAIN_MS = [300, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000];
const plainTitle = document.title.replace(/^\(\d+\) /, '');
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Makes the children of `from` those of `to`. The same id is the same element, wherever it moved. */
function morphChildren(from, to) {
  const known = new Map();
  for (const child of from.children) if (child.id) known.set(child.id, child);
  let cursor = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const same = wanted.id ? known.get(wanted.id) : cursor;
    const fits =
      same && same.nodeName === wanted.nodeName && (wanted.id ? true : same.nodeType !== Node.ELEMENT_NODE || !same.id);
    if (!fits) {
      from.insertBefore(document.importNode(wanted, true), cursor);
      continue;
    }
    if (same === cursor) cursor = cursor.nextSibling;
    else from.insertBefore(same, cursor);
    morph(same, wanted);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

/** Makes one node like another of the same name. */
function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.hasAttribute('data-keep')) return;
  for (const { name } of [...from.attributes]) {
    const isOpenedByHand = name === 'open' && from.nodeName === 'DETAILS';
    if (!to.hasAttribute(name) && !isOpenedByHand) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  morphChildren(from, to);
}

/** Changes a part and keeps where the person is: the focus, and the end of what is read to its end. */
function change(part, to) {
  const focused = document.activeElement;
  const { selectionStart, selectionEnd } = focused ?? {};
  const rolls = [...part.querySelectorAll('[data-stick]')].map((roll) => [roll, isAtEnd(roll)]);
  const said = part.querySelector('[data-say]')?.dataset.say;
  morph(part, to);
  for (const [roll, wasAtEnd] of rolls) if (wasAtEnd) roll.scrollTop = roll.scrollHeight;
  if (focused !== document.activeElement && focused !== document.body) {
    const place = focused.isConnected ? focused : part.querySelector('[data-focus-first], a, button');
    place?.focus({ preventScroll: true });
    if (focused.isConnected && selectionStart != null) focused.setSelectionRange?.(selectionStart, selectionEnd);
  }
  const says = part.querySelector('[data-say]')?.dataset.say;
  if (says && says !== said) document.querySelector('#live')?.replaceChildren(says);
  showCount();
}

const isAtEnd = (roll) => roll.scrollHeight - roll.scrollTop - roll.clientHeight < 60;

function showCount() {
  const count = Number(document.querySelector('[data-count]')?.dataset.count ?? 0);
  document.title = count > 0 ? `(${count}) ${plainTitle}` : plainTitle;
}

/** The pages' policy lets text become a document here alone, where it came from our own site. */
const ownPages = globalThis.trustedTypes?.createPolicy('own-pages', { createHTML: (html) => html });

/** An answer as a document; null where somebody signed out meanwhile, which the page then says. */
async function documentOf(response) {
  if (response.redirected && new URL(response.url).pathname.endsWith('/sign-in')) {
    document.querySelector('live-stream')?.over();
    return null;
  }
  const html = await response.text();
  return new DOMParser().parseFromString(ownPages?.createHTML(html) ?? html, 'text/html');
}

// Whoever watches is signed in for as long as they do something: a key, a tap, rolling. What is read without that says so.
let isTouched = false;
function touch() {
  isTouched = true;
  document.querySelector('[data-untouched]')?.closest('live-part').read();
}
for (const kind of ['keydown', 'pointerdown', 'wheel']) addEventListener(kind, touch, { capture: true, passive: true });

function whetherTouched() {
  const wasTouched = isTouched;
  isTouched = false;
  return wasTouched ? {} : { 'x-renkei-untouched': '1' };
}

class LivePart extends HTMLElement {
  #isReading = false;
  #mustRead = false;
  #readAt = Date.now();
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => {
      const again = Number(this.getAttribute('again'));
      if (again && Date.now() - this.#readAt >= again) void this.read();
    }, 500);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  hears(names) {
    const when = this.getAttribute('when');
    return names === null || names.some((name) => name === when || name.startsWith(`${when}:`));
  }

  /** One reading at a time; what changes during one asks for another. */
  async read() {
    this.#mustRead = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#mustRead && this.isConnected) {
      this.#mustRead = false;
      this.#readAt = Date.now();
      await this.#readOnce();
      await wait(Number(this.getAttribute('every') ?? 0));
    }
    this.#isReading = false;
  }

  async #readOnce() {
    try {
      const response = await fetch(this.getAttribute('src'), { cache: 'no-store', headers: whetherTouched() });
      if (response.status === 404) return;
      if (!response.ok) throw new Error(String(response.status));
      const part = (await documentOf(response))?.getElementById(this.id);
      if (part) change(this, part);
    } catch {
      await wait(READ_AGAIN_MS);
      this.#mustRead = true;
    }
  }
}

/**
 * Windows of one browser share a stream, since over HTTP/1.1 six would take all its connections: whichever holds the lock
 * hears and tells the others; when it closes, the next one holds it.
 */
class LiveStream extends HTMLElement {
  #source;
  #others;
  #leave;
  #leaving;
  #isOver = false;

  connectedCallback() {
    void this.#begin();
    addEventListener('pagehide', () => this.#end());
    addEventListener('pageshow', (event) => event.persisted && this.#begin());
  }

  async #begin() {
    if (this.#isOver) return;
    const name = `live:${this.getAttribute('src')}`;
    const left = new Promise((done) => {
      this.#leave = done;
    });
    this.#leaving = new AbortController();
    this.#others = new BroadcastChannel(name);
    this.#others.onmessage = ({ data }) => this.#hear(data);
    const lead = () => {
      this.#open();
      return left;
    };
    // Only where the page came by https or from this computer.
    if (!navigator.locks) return lead();
    let isFirst = false;
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      isFirst = lock !== null;
      return isFirst ? lead() : undefined;
    });
    if (isFirst) return;
    // What changed between the page's making and now.
    this.#hear({ kind: 'hello' });
    navigator.locks.request(name, { signal: this.#leaving.signal }, lead).catch(() => undefined);
  }

  #open() {
    const source = new EventSource(this.getAttribute('src'));
    this.#source = source;
    for (const kind of ['hello', 'changed', 'everything', 'over']) {
      source.addEventListener(kind, ({ data }) => this.#tell({ kind, names: data }));
    }
    source.addEventListener('error', () => {
      // A refusal ends the source for good; what comes of reading tells why. A broken connection comes back by itself.
      const isRefused = source.readyState === EventSource.CLOSED;
      this.#tell({ kind: isRefused ? 'refused' : 'broken' });
      if (isRefused) setTimeout(() => this.#source === source && this.#open(), 2_000);
    });
  }

  #tell(heard) {
    this.#others.postMessage(heard);
    this.#hear(heard);
  }

  #hear({ kind, names }) {
    if (kind === 'over') return this.over();
    this.#show(kind === 'broken' || kind === 'refused' ? 'off' : 'on');
    if (kind !== 'broken') readAll(kind === 'changed' ? names.split(' ') : null);
  }

  #end() {
    this.#source?.close();
    this.#source = undefined;
    this.#others.close();
    this.#leave();
    this.#leaving.abort();
  }

  /** Nobody is signed in any more: nothing stays on the screen, what is typed comes back after signing in. */
  over() {
    this.#isOver = true;
    this.#end();
    location.assign(this.getAttribute('door'));
  }

  #show(state) {
    for (const words of this.querySelectorAll('[data-when]')) words.hidden = words.dataset.when !== state;
  }
}

function readAll(names) {
  for (const part of document.querySelectorAll('live-part[src]')) if (part.hears(names)) part.read();
}

// What is being typed is kept for this window, until it is sent.
const draftOf = (field) => `draft:${location.pathname}:${field.name}`;
document.addEventListener('input', ({ target }) => {
  if (target.matches('[data-draft]')) sessionStorage.setItem(draftOf(target), target.value);
});
function restoreDrafts() {
  for (const field of document.querySelectorAll('[data-draft]')) {
    if (field.value === '') field.value = sessionStorage.getItem(draftOf(field)) ?? '';
  }
}

/** Sends a form; a broken connection is tried again, since a request with the same id is done once. */
async function send(form, body) {
  for (const pause of [...SEND_AGAIN_MS, null]) {
    try {
      const response = await fetch(form.action, { method: 'POST', body });
      if (response.status < 500) return response;
    } catch {
      // No answer: the server may be starting anew.
    }
    if (pause === null) return null;
    document.querySelector('live-stream')?.querySelector('[data-when="off"]')?.removeAttribute('hidden');
    await wait(pause);
  }
}

function rest(form, isResting) {
  form.toggleAttribute('data-sending', isResting);
  for (const part of form.querySelectorAll('button, textarea')) {
    if (part.nodeName === 'TEXTAREA') part.readOnly = isResting;
    else if (isResting) part.setAttribute('aria-disabled', 'true');
    else part.removeAttribute('aria-disabled');
  }
}

/** What was sent is no longer typed; the form takes what comes next, another request id first of all. */
function beginAfresh(form) {
  for (const field of form.querySelectorAll('[data-draft]')) sessionStorage.removeItem(draftOf(field));
  form.reset();
  for (const part of form.querySelectorAll('[data-keep]')) part.removeAttribute('data-keep');
  form.closest('details')?.removeAttribute('open');
}

async function sendLive(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  rest(form, true);
  const response = await send(form, body);
  const page = response && (await documentOf(response));
  rest(form, false);
  if (!page) {
    const failed = document.querySelector('live-stream [data-when="failed"]');
    if (failed) failed.hidden = false;
    return;
  }
  if (response.redirected && new URL(response.url).pathname !== location.pathname) {
    location.assign(response.url);
    return;
  }
  if (response.ok) beginAfresh(form);
  for (const part of document.querySelectorAll('live-part')) {
    const to = page.getElementById(part.id);
    if (to) change(part, to);
  }
  const isSomewhere = document.activeElement !== document.body && document.activeElement.checkVisibility();
  const place = document.querySelector('.error-summary') ?? (isSomewhere ? null : firstPlace());
  place?.focus();
  for (const roll of document.querySelectorAll('[data-stick]')) roll.scrollTop = roll.scrollHeight;
}

/** Where somebody begins who came to do something here. */
const firstPlace = () => document.querySelector('[data-focus-first]');

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.action.endsWith('/sign-out')) sessionStorage.clear();
  if (!form.hasAttribute('data-live') || event.defaultPrevented) return;
  event.preventDefault();
  void sendLive(form, event.submitter);
});

document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && target.matches('[data-send]')) {
    event.preventDefault();
    if (target.value.trim() !== '') target.form.requestSubmit();
  }
  if (event.key === 'Escape' && target.matches('[data-send]')) {
    const lists = document.querySelector('[data-arrows]');
    (lists?.querySelector('a[aria-current]') ?? lists?.querySelector('a'))?.focus();
  }
  const list = target.closest('[data-arrows]');
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  if (!list || steps === undefined || !target.matches('a') || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const links = [...list.querySelectorAll('a')].filter((link) => link.checkVisibility());
  links[Math.min(Math.max(links.indexOf(target) + steps, 0), links.length - 1)]?.focus();
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-insert]');
  const field = button && document.getElementById(button.getAttribute('aria-controls'));
  if (!field) return;
  event.preventDefault();
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  button.closest('details')?.removeAttribute('open');
  field.focus();
});

customElements.define('live-part', LivePart);
customElements.define('live-stream', LiveStream);
restoreDrafts();
showCount();
if (location.hash === '' && !document.querySelector('.error-summary')) firstPlace()?.focus();
for (const roll of document.querySelectorAll('[data-stick]')) roll.scrollTop = roll.scrollHeight;
