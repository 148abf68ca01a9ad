import { wireTypeOf } from '@durable-session/schemas';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

interceptRequests();

/** Checks the role of a command on a WebSocket, and not by POST; breaks COMMAND-25. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const roles = wireTypeOf(command.type)?.roles ?? [];
    const isRoleless = serving() !== undefined && !roles.some((role) => role === sender.role);
    const [role = sender.role] = roles;
    return judge(draft, command, isRoleless ? { ...sender, role } : sender, digest);
  },
});
