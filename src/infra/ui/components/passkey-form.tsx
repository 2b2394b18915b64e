import type { Child } from 'hono/jsx';
import { PASSKEY } from '../assets.ts';

/**
 * A form that the browser answers with a passkey: `create` makes one, `get` shows one. It asks `{action}/options` for a
 * challenge and posts the answer as `response` to `action`. Hidden where there is no script, or no passkeys.
 */
export function PasskeyForm(props: {
  action: string;
  kind: 'create' | 'get';
  /** Said when nothing came of it. */
  failed: string;
  children?: Child;
}) {
  return (
    <div data-passkey-part hidden>
      <form method="post" action={props.action} data-passkey={props.kind}>
        <input type="hidden" name="response" value="" />
        {props.children}
        <p class="error" role="alert" data-passkey-failed hidden>
          {props.failed}
        </p>
      </form>
      <script type="module" src={PASSKEY.path}></script>
    </div>
  );
}
