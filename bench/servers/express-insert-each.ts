import { insert, serveExpress } from './express.ts';

/** With an insert for each request, on as many connections as suit it. */
serveExpress(8, (pool) => (events) => insert(pool, events));
