import { Hono } from 'hono';
import { makePersonCookie, personCookieName } from '../access/person-cookie.ts';
import { block, follow, leave } from '../acts/friendship.ts';
import { handOver } from '../acts/hand-over.ts';
import { screenOf } from '../acts/screen.ts';
import { askAgain, maySearch } from '../age/age-proof.ts';
import type { IdSearch, Language, Person } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { personOf, problem, readObject } from './input.ts';

/** People: who there is, what they see, adding and blocking the account, their friends' messages, their browser. */
export function peopleControl(platform: Platform): Hono {
  const { world } = platform;
  const app = new Hono();

  app.get('/people', (c) => c.json(world.people.all().flatMap((person) => (person.isOfCrowd ? [] : [viewOf(person)]))));

  app.post('/people', async (c) => {
    const { displayName, language, birthDate, phoneNumber } = await readObject(c);
    if (typeof displayName !== 'string' || displayName.trim() === '') return problem(c, 400, 'displayName is needed');
    const person = world.people.add({
      displayName,
      language: language === 'en' ? 'en' : 'ja',
      ...(typeof birthDate === 'string' ? { birthDate } : {}),
      ...(typeof phoneNumber === 'string' ? { phoneNumber } : {}),
    });
    world.changes.tell({ type: 'people' });
    return c.json(viewOf(person), 201);
  });

  app.get('/people/:userId', (c) => c.json(viewOf(personOf(c, platform))));

  app.patch('/people/:userId', async (c) => {
    const person = personOf(c, platform);
    const { language, displayName, birthDate, phoneNumber, lineId } = await readObject(c);
    if (language === 'ja' || language === 'en') person.language = language satisfies Language;
    if (typeof displayName === 'string' && displayName !== '') person.displayName = displayName;
    if (typeof birthDate === 'string') person.birthDate = birthDate === '' ? null : birthDate;
    if (typeof phoneNumber === 'string') person.phoneNumber = phoneNumber === '' ? null : phoneNumber;
    if (typeof lineId === 'string' && lineId !== '') person.lineId = lineId;
    world.changes.tell({ type: 'people', userId: person.userId });
    return c.json(viewOf(person));
  });

  app.delete('/people/:userId', (c) => {
    leave(platform, personOf(c, platform));
    return c.json({});
  });

  app.post('/people/:userId/follow', (c) => {
    follow(platform, personOf(c, platform));
    return c.json({});
  });

  app.post('/people/:userId/unfollow', (c) => {
    block(platform, personOf(c, platform));
    return c.json({});
  });

  app.get('/people/:userId/screen', (c) => c.json(screenOf(platform, personOf(c, platform))));

  app.post('/people/:userId/age-check', async (c) => {
    const person = personOf(c, platform);
    await askAgain(platform, person);
    return c.json(viewOf(person));
  });

  app.get('/people/:userId/search', async (c) => {
    const person = personOf(c, platform);
    const wanted = plainId(c.req.query('id') ?? '');
    if (wanted === plainId(platform.settings.account.basicId)) return c.json({ found: 'account' } satisfies IdSearch);
    await askAgain(platform, person);
    if (!maySearch(platform, person)) return c.json({ found: 'refused', why: person.age.state } satisfies IdSearch);
    const found = world.people.all().find(({ lineId }) => plainId(lineId) === wanted);
    const answer: IdSearch = found ? { found: 'person', userId: found.userId } : { found: 'nobody' };
    return c.json(answer);
  });

  app.post('/people/:userId/read', (c) => {
    const { userId } = personOf(c, platform);
    world.talks.of(userId).unread = 0;
    world.changes.tell({ type: 'people', userId });
    return c.json({});
  });

  app.get('/people/:userId/inbox', (c) => c.json(world.inboxes.of(personOf(c, platform).userId)));

  app.post('/people/:userId/share', async (c) => {
    const person = personOf(c, platform);
    const { text, to } = await readObject(c);
    if (typeof text !== 'string' || !Array.isArray(to)) return problem(c, 400, 'text and to (user ids) are needed');
    const friends = to.map((userId) => world.people.find(String(userId)));
    const unknown = friends.indexOf(undefined);
    if (unknown >= 0) return problem(c, 404, `there is no person ${to[unknown]}`);
    for (const friend of friends) if (friend) handOver(platform, person, friend, { type: 'text', text });
    return c.json({});
  });

  app.post('/people/:userId/browse', (c) => {
    const { userId } = personOf(c, platform);
    const value = makePersonCookie(userId, platform.cookieKey);
    const domain = new URL(platform.origins.access).hostname;
    return c.json({
      cookies: [{ name: personCookieName, value, domain, path: '/' }],
      header: `${personCookieName}=${value}`,
    });
  });

  function viewOf(person: PersonRecord): Person {
    const {
      birthDate,
      phoneNumber,
      lastWroteAtMs: _wrote,
      consentedScopes: _scopes,
      hasLeft: _left,
      isOfCrowd: _crowd,
      age,
      ...shown
    } = person;
    const unread = world.talks.of(person.userId).unread;
    const known = { ...(birthDate === null ? {} : { birthDate }), ...(phoneNumber ? { phoneNumber } : {}) };
    return { ...shown, ...known, ageProof: age.state, unread };
  }

  return app;
}

/** An ID as people type it: with or without the @, in any case. */
function plainId(id: string): string {
  return id.trim().toLowerCase().replace(/^@/, '');
}
