import type { Child } from 'hono/jsx';
import { LIVE } from '../ui/assets.ts';

/** A part of a page that follows what changes; see `follow.js`. Its `src` answers with the same part. */
export function LivePart(props: {
  id: string;
  src: string;
  /** `conversation`, or one of them: `conversation:<id>`. */
  when: string;
  /** Read anew at most once in so many milliseconds. */
  every?: number;
  /** Read anew after so many milliseconds even when nothing is heard. */
  again?: number | undefined;
  children?: Child;
}) {
  return (
    <live-part id={props.id} src={props.src} when={props.when} every={props.every} again={props.again}>
      {props.children}
    </live-part>
  );
}

/** Where a page hears of changes, and what it says when it does not. */
export function LiveStream(props: {
  src: string;
  /** Where it leads when nobody is signed in any more. */
  door: string;
  words: { off: string; failed: string };
}) {
  return (
    <>
      <live-stream src={props.src} door={props.door} role="status">
        <p data-when="off" hidden>
          {props.words.off}
        </p>
        <p data-when="failed" hidden>
          {props.words.failed}
        </p>
      </live-stream>
      <script src={LIVE.path} defer></script>
    </>
  );
}
