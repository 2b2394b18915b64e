/** What a member of staff may do, by what they are. */
export const roles = ['agent', 'supervisor', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who decides what somebody else has asked for. */
export const deciders: readonly Role[] = ['supervisor', 'admin'];
