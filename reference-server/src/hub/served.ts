import { allWireTypes, type FrameResult, type Limits, parseJson, parsePeerFrame, type PeerFrame, type Role, wireTypeOf } from '@durable-session/schemas';

type Profiles = ReadonlySet<string>;

/** What is looked at before the rest of a frame. */
interface Fields {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly ifBusy?: unknown;
  readonly claim?: unknown;
}

/** The commands that a role may send on a connection, as far as their profile is claimed (ROLE-2). */
export const capsOf = (role: Role, profiles: Profiles): string[] =>
  allWireTypes.filter(({ type, roles, profile }) => type !== 'session.create' && profiles.has(profile) && roles?.includes(role)).map(({ type }) => type);

/** The ways by which frames come, and the types that do not come each way, whatever their fields (SESSION-7, HTTP-8, SSE-30). */
const strangers = {
  webSocket: (type: unknown) => type === 'session.create',
  commands: (type: unknown) => type === 'session.create' || type === 'auth' || type === 'hello',
  sessions: (type: unknown) => typeof type === 'string' && type !== 'session.create',
};

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads a frame of a peer. What is not served this way, or is of a profile that is not claimed, is a command
 * that this server does not know, before its other fields are looked at (COMMAND-22).
 */
export function parseServedFrame(text: string, way: keyof typeof strangers, limits: Limits, profiles: Profiles): FrameResult<PeerFrame> {
  const parsed = parsePeerFrame(text, limits);
  const fields: Fields = parsed.ok ? parsed.frame : fieldsOf(text, limits);
  const { id, type } = fields;
  if (typeof id !== 'string' || !idPattern.test(id)) return parsed;
  const refuse = (message: string): FrameResult<PeerFrame> => ({ ok: false, error: { code: 'unsupported_command', message, path: '/type', id } });
  if (strangers[way](type)) return refuse(`a ${String(type)} must not come this way`);
  const missing = missingProfile(fields, profiles);
  return missing === undefined ? parsed : refuse(`the profile ${missing} must be claimed for this command`);
}

function fieldsOf(text: string, limits: Limits): Fields {
  const parsed = parseJson(text, limits);
  return parsed.ok && typeof parsed.value === 'object' && parsed.value !== null ? parsed.value : {};
}

/** The profile that a command needs and that is not claimed. */
function missingProfile({ type, ifBusy, claim }: Fields, profiles: Profiles): string | undefined {
  const wireType = typeof type === 'string' ? wireTypeOf(type) : undefined;
  if (wireType?.kind !== 'command') return undefined;
  const needed: string[] = [wireType.profile];
  if (type === 'message.send' && ifBusy === 'steer') needed.push('steering'); // MESSAGE-9
  if (type === 'run.start' && claim !== undefined) needed.push('agents');
  return needed.find((profile) => !profiles.has(profile));
}
