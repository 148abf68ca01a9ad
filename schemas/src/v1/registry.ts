import { agentMessages } from './agent.ts';
import { connectionMessages } from './connection.ts';
import { partMessages } from './content.ts';
import { messageMessages } from './message.ts';
import type { CommandDefinition, ControlDefinition, EventDefinition, MessageDefinition } from './message-definition.ts';
import { noticeMessages } from './notice.ts';
import { requestMessages } from './request.ts';
import { runMessages } from './run.ts';
import { sessionMessages } from './session.ts';
import { stateMessages } from './state.ts';
import { stepMessages } from './step.ts';
import { toolMessages } from './tool.ts';

/** Every message of revision 1, in reading order. */
export const messages: readonly MessageDefinition[] = [
  ...connectionMessages,
  ...sessionMessages,
  ...messageMessages,
  ...partMessages,
  ...toolMessages,
  ...runMessages,
  ...stepMessages,
  ...agentMessages,
  ...requestMessages,
  ...stateMessages,
  ...noticeMessages,
];

export const events: readonly EventDefinition[] = messages.filter((message) => message.kind === 'event');
export const commands: readonly CommandDefinition[] = messages.filter((message) => message.kind === 'command');
export const controls: readonly ControlDefinition[] = messages.filter((message) => message.kind === 'control');

const byType = new Map(messages.map((message) => [message.type, message]));

/** The definition of a message by its wire `type`; a vendor's type finds the row `x.*`; undefined for an unknown one. */
export const definitionOf = (type: string): MessageDefinition | undefined => byType.get(type.startsWith('x.') ? 'x.*' : type);
