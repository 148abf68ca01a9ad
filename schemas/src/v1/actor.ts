import Type, { type Static } from 'typebox';
import { Id, Name } from './scalar.ts';

/** What a participant may do; it comes with the credential (ROLE). */
export const Role = Type.Enum(['observer', 'controller', 'approver', 'agent']);
export type Role = Static<typeof Role>;

/** Who caused an event: a principal in a role, or the server itself. */
export const Actor = Type.Object(
  {
    principal: Type.String({ minLength: 1, maxLength: 128 }),
    role: Type.Enum(['observer', 'controller', 'approver', 'agent', 'server']),
    name: Type.Optional(Name),
    connection: Type.Optional(Id),
  },
  { title: 'Actor' },
);
export interface Actor extends Static<typeof Actor> {}
