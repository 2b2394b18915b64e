import type { Child } from 'hono/jsx';
import type { OrderTopic } from '../../../base/order-topic.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Button, Card, type FieldError } from '../../../infra/ui/components.tsx';
import type { Order } from '../../orders/index.ts';
import type { CorrectionRefusal } from '../correction.ts';
import type { OpenDraft } from '../drafts.ts';
import { type CorrectionFault, correctionFaults, USER_PREFIX } from '../rules/correction.ts';
import { isForMinor, undoneOutside } from '../rules/steps.ts';
import { AddressFields, PhoneField } from './contractor.tsx';
import { correctText } from './correct-text.ts';
import { GuardianFields } from './filtering.tsx';
import { BirthDateField, NameFields, PersonFields } from './person-fields.tsx';
import { CarrierField, NumberFields, SimKindField } from './sim.tsx';
import type { FieldView } from './step.tsx';
import { pageText } from './text.ts';

/** The fields of one topic, as the form has them. @param note what came of the look-up of the address */
export function Fields(props: { topic: OrderTopic; view: FieldView; open: OpenDraft; note: string | null }): Child {
  const { topic, view, open, note } = props;
  switch (topic) {
    case 'sim':
      return <SimKindField {...view} />;
    case 'number':
      return <NumberFields {...view} />;
    case 'name':
      return <NameFields {...view} isOwner />;
    case 'birth-date':
      return <BirthDateField {...view} isOwner />;
    case 'address':
      return <AddressFields {...view} note={note} />;
    case 'phone':
      return <PhoneField {...view} />;
    case 'user':
      return <UserFields view={view} open={open} />;
    case 'identity':
    case 'card':
      return null;
  }
}

/** Who carries the phone; for a child, once its birth date says so, what its guardian is asked. */
function UserFields({ view, open }: { view: FieldView; open: OpenDraft }) {
  const t = correctText(view.c.var.language);
  return (
    <>
      <div class="depending">
        <CarrierField {...view} />
        <div class="if-other">
          <Card title={t.user}>
            <PersonFields {...view} isOwner={false} prefix={USER_PREFIX} />
          </Card>
        </div>
      </div>
      {isForMinor(open) ? (
        <GuardianFields {...view} prefix={USER_PREFIX} hasWord={open.draft.guardianAgreedAt !== null} />
      ) : null}
    </>
  );
}

interface OutsideProps {
  readonly c: WebContext;
  readonly open: OpenDraft;
  readonly order: Order;
  readonly errors: readonly FieldError[];
}

/** What another company asks for once more: the way there, or that it is done. */
export function Outside({ c, open, order, errors }: OutsideProps) {
  const t = correctText(c.var.language).outside;
  const undone = undoneOutside(open);
  const about = open.draft.correction?.about ?? [];
  const isVerifiedAnew = open.draft.identity?.reference !== order.application.identity?.reference;
  const asked = [
    { step: 'identity' as const, isAsked: about.includes('identity') || undone.includes('identity') || isVerifiedAnew },
    { step: 'payment' as const, isAsked: about.includes('card') },
  ];
  return (
    <>
      {asked.map(({ step, isAsked }) =>
        isAsked ? (
          <Card title={t[step].title} id={step}>
            {undone.includes(step) ? (
              <>
                {errors.some(({ field }) => field === step) ? <p class="error">{t[step].missing}</p> : null}
                <p>{t[step].lead}</p>
                <Button kind="secondary" name="go" value={step}>
                  {t[step].go}
                </Button>
              </>
            ) : (
              <p>
                <span class="badge good">{t.done}</span>
              </p>
            )}
          </Card>
        ) : null,
      )}
    </>
  );
}

/** Everything that is to be put right before it is sent. */
export function correctionErrors(c: WebContext, open: OpenDraft, about: readonly OrderTopic[]): FieldError[] {
  const faults = correctionFaults(open, about).map((fault) => ({ field: fault.field, text: wordsOf(c, fault) }));
  const { outside } = correctText(c.var.language);
  const undone = undoneOutside(open).flatMap((step) =>
    step === 'identity' || step === 'payment' ? [{ field: step, text: outside[step].missing }] : [],
  );
  return [...faults, ...undone];
}

function wordsOf(c: WebContext, fault: CorrectionFault): string {
  const t = pageText(c.var.language);
  switch (fault.words) {
    case 'sim':
      return t.sim.faults[fault.code];
    case 'person':
      return t.person.faults[fault.code];
    case 'filtering':
      return t.filtering.faults[fault.code];
  }
}

/** A refusal that the page tells, at the field it is about; null where the order has gone on meanwhile. */
export function refusalError(c: WebContext, code: CorrectionRefusal, about: readonly OrderTopic[]): FieldError | null {
  switch (code) {
    case 'not-found':
    case 'not-in-this-state':
    case 'not-by-this-actor':
    case 'changed-meanwhile':
      return null;
    case 'answer-missing':
      return { field: 'words', text: correctText(c.var.language).nothing };
    default:
      return {
        field: about.includes('number') ? 'phoneNumber' : 'words',
        text: pageText(c.var.language).review.refused[code],
      };
  }
}
