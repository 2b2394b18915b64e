import { type CompanyOptions, createCompany } from '../outside/company.ts';
import { activation, deactivation, type Provisioning } from './provisioning.ts';

/** A network asked over HTTP; the README has the protocol. */
export function createProvisioning(options: CompanyOptions): Provisioning {
  const company = createCompany('provisioning', options);
  const at = (activationKey: string) => `/activations/${encodeURIComponent(activationKey)}`;
  return {
    submit: ({ activationKey, ...body }) =>
      company.ask({ method: 'PUT', path: at(activationKey), body, answer: activation }),
    look: (activationKey) => company.ask({ method: 'GET', path: at(activationKey), answer: activation }),
    repeat: (activationKey, attempt) =>
      company.ask({ method: 'PUT', path: `${at(activationKey)}/attempts/${attempt}`, body: {}, answer: activation }),
    cancel: (activationKey) => company.ask({ method: 'DELETE', path: at(activationKey), answer: activation }),
    deactivate: (activationKey, attempt) =>
      company.ask({
        method: 'PUT',
        path: `${at(activationKey)}/deactivation/${attempt}`,
        body: {},
        answer: deactivation,
      }),
  };
}
