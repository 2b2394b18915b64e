export { listenersConsole, listenersEntry } from './console.tsx';
