export { createApplicationsTalk } from './chat.ts';
