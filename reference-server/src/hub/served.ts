import { allWireTypes, type FrameResult, type Limits, parseJson, parsePeerFrame, type PeerFrame, type Role, wireTypeOf } from '@durable-session/schemas';

type Profiles = ReadonlySet<string>;

/** The commands that a role may send on a connection, as far as their profile is claimed (ROLE-2). */
export const capsOf = (role: Role, profiles: Profiles): string[] =>
  allWireTypes.filter(({ type, roles, profile }) => type !== 'session.create' && profiles.has(profile) && roles?.includes(role)).map(({ type }) => type);

/** Reads a frame of a peer; a command of a profile that is not claimed is one that this server does not know (COMMAND-22). */
export function parseServedFrame(text: string, limits: Limits, profiles: Profiles): FrameResult<PeerFrame> {
  const parsed = parsePeerFrame(text, limits);
  const id = parsed.ok ? idOf(parsed.frame) : parsed.error.id;
  if (id === undefined) return parsed;
  const missing = missingProfile(parsed.ok ? parsed.frame : fieldsOf(text, limits), profiles);
  if (missing === undefined) return parsed;
  return { ok: false, error: { code: 'unsupported_command', message: `the profile ${missing} must be claimed for this command`, path: '/type', id } };
}

const idOf = (frame: PeerFrame): string | undefined => (frame.type === 'hello' ? undefined : frame.id);

function fieldsOf(text: string, limits: Limits): object {
  const parsed = parseJson(text, limits);
  return parsed.ok && typeof parsed.value === 'object' && parsed.value !== null ? parsed.value : {};
}

/** The profile that a command needs and that is not claimed. */
function missingProfile(fields: object, profiles: Profiles): string | undefined {
  const { type, ifBusy, claim } = { type: undefined, ifBusy: undefined, claim: undefined, ...fields };
  const wireType = typeof type === 'string' ? wireTypeOf(type) : undefined;
  if (wireType?.kind !== 'command') return undefined;
  const needed: string[] = [wireType.profile];
  if (type === 'message.send' && ifBusy === 'steer') needed.push('steering'); // MESSAGE-9
  if (type === 'run.start' && claim !== undefined) needed.push('agents');
  return needed.find((profile) => !profiles.has(profile));
}
