/** Long enough for a program that has a month's worth of work to do when the clock jumps. */
const answersWithinMs = 60_000;

/**
 * Tells every follower and waits for its 2xx, so that whoever moved the clock or reset the world finds the program
 * under test already there. Each is asked as by a page of its own, so that it may refuse whatever other sites send.
 * @returns those that did not answer so
 */
export async function tellFollowers(urls: string[], news: unknown): Promise<string[]> {
  const answers = await Promise.all(
    urls.map(async (url) => {
      const isHeard = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(url).origin },
        body: JSON.stringify(news),
        signal: AbortSignal.timeout(answersWithinMs),
      }).then(
        (answer) => answer.ok,
        () => false,
      );
      return isHeard ? [] : [url];
    }),
  );
  return answers.flat();
}
