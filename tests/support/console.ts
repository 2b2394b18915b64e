import { demoPassword, demoStaff } from '../../src/demo/people.ts';
import { codeAt, type StaffName, seedOf } from './staff.ts';
import { openStage, type Stage } from './stage.ts';
import { createVisitor, type Page, type Visitor } from './visitor.ts';

/** The whole play with a browser for each member of staff, signed in. */
export interface ConsoleStage {
  readonly stage: Stage;
  as(loginId: StaffName): Staffed;
  /** Who a contractor of the demo is. */
  contractorId(loginId: string): Promise<string>;
  subscriptionId(msisdn: string): Promise<string>;
  close(): Promise<void>;
}

export interface Staffed extends Visitor {
  /** A page of the console by its path. */
  at(path: string): Promise<Page>;
  /** A form posted without its page: what somebody tries who was shown no button. */
  post(path: string, form: Record<string, string>): Promise<Page>;
  /** Gives a reason for looking at a customer. */
  look(contractorId: string): Promise<void>;
}

export async function consoleStage(): Promise<ConsoleStage> {
  const stage = await openStage();
  const staffed = new Map<StaffName, Staffed>();
  for (const { loginId } of demoStaff) staffed.set(loginId, withPaths(stage, await signInToConsole(stage, loginId)));
  const one = async (text: string, value: string) => {
    const { rows } = await stage.app.database.pool.query<{ id: string }>(text, [value]);
    if (!rows[0]) throw new Error(`no ${value}`);
    return rows[0].id;
  };
  return {
    stage,
    as(loginId) {
      const found = staffed.get(loginId);
      if (!found) throw new Error(`no ${loginId}`);
      return found;
    },
    contractorId: (loginId) => one('select contractor_id as id from contractor where login_id = $1', loginId),
    subscriptionId: (msisdn) => one('select subscription_id as id from subscription where msisdn = $1', msisdn),
    close: () => stage.close(),
  };
}

/** A browser in which somebody of the staff is signed in. */
export async function signInToConsole(stage: Stage, loginId: StaffName): Promise<Visitor> {
  const visitor = createVisitor();
  const door = await visitor.go(`${stage.url}/console`);
  const second = await door.submit({ loginId, password: demoPassword(loginId) });
  const home = await second.submit({ code: codeAt(seedOf(loginId), stage.clock.now()) });
  if (home.url.pathname !== '/console') throw new Error(`${loginId} is not signed in: ${home.text}`);
  return visitor;
}

function withPaths(stage: Stage, visitor: Visitor): Staffed {
  const post = (path: string, form: Record<string, string>) => visitor.go(stage.url + path, { method: 'POST', form });
  return {
    ...visitor,
    at: (path) => visitor.go(stage.url + path),
    post,
    async look(contractorId) {
      await post(`/console/customers/${contractorId}/look`, { reason: '本人からの電話', next: '' });
    },
  };
}
