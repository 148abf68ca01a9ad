import { isFields, stringField, type Json, type JsonFields } from '../scenario/json.ts';
import type { Fragment, Scenario, StepData } from '../scenario/scenario.ts';
import { allSteps } from '../scenario/lint.ts';
import { actedBy, flatten } from './flatten.ts';
import type { Script, ScriptStep } from './script.ts';
import { scriptPartName } from './script.ts';

/** A scenario whose agent's part is a script for the agent inside the server, or why it can not be one. */
export type Scripted = { readonly scenario: Scenario } | { readonly reason: string };

/** What can not be said by a script: the scenario then needs an agent at the level of frames. */
class NotScriptable extends Error {
  override readonly name = 'NotScriptable';
}

const isAgent = (data: Scenario['participants'][string], scenario: Scenario): boolean => {
  const credential = typeof data === 'string' ? data : data.as;
  return credential === 'agent' || credential === 'agent2' || scenario.server?.tokens?.[credential]?.role === 'agent';
};

/** Steps that count events, which gates are too. */
const countsEvents = /"(seq|head|ifStateSeq)":[1-9]|"\$length":|\.seq\s*[-+*]/;

/**
 * Turns a scenario in which the runner plays the agent into one for a server whose agent is built in: the agent's appends become a script
 * in the message that starts the run, each behind a gate that the runner opens in the place of the append; what the agent sees is watched by an observer.
 */
export function compileScripted(scenario: Scenario, fragments: ReadonlyMap<string, Fragment>, isAboutAgents: (id: string) => boolean): Scripted {
  try {
    return { scenario: compile(scenario, fragments, isAboutAgents) };
  } catch (error) {
    if (error instanceof NotScriptable) return { reason: error.message };
    throw error;
  }
}

function compile(scenario: Scenario, fragments: ReadonlyMap<string, Fragment>, isAboutAgents: (id: string) => boolean): Scenario {
  const agents = new Set(Object.entries(scenario.participants).flatMap(([name, data]) => (isAgent(data, scenario) ? [name] : [])));
  if (agents.size === 0) return scenario;
  if (scenario.server?.tokens !== undefined) throw new NotScriptable('it brings credentials of its own');
  const flat = flatten(scenario.steps, fragments, agents);
  if (countsEvents.test(JSON.stringify(flat))) throw new NotScriptable('it counts events, and gates are events');
  if (flat.some(({ frame }) => /"message\.created".*"parts":\[/.test(JSON.stringify(frame ?? null)))) throw new NotScriptable('it looks at the parts of a message whole');
  const secret = [...agents].find((name) => new RegExp(`\\b${name}\\.(runs|agent|commands|token)\\b`).test(JSON.stringify(flat)));
  if (secret !== undefined) throw new NotScriptable(`it names what only ${secret} knows`);
  const scripts = new Map<string, ScriptStep[]>();
  const steps = flat.flatMap((step, index): StepData[] => stepOf(step, index, agents, scripts));
  const withScripts = steps.map((step) => withScript(step, agents, scripts));
  if (scripts.size > 0) throw new NotScriptable(`no message starts ${[...scripts.keys()].join(', ')}`);
  const participants = Object.fromEntries(Object.entries(scenario.participants).map(([name, data]) => [name, agents.has(name) ? watching(data) : data]));
  const profiles = scenario.profiles?.filter((profile) => profile !== 'agents');
  const judged = withScripts.map((step) => citing(step, isAboutAgents));
  const cited = new Set(allSteps(judged).flatMap(({ cites }) => (Array.isArray(cites) ? cites.map(String) : [])));
  if (cited.size === 0) throw new NotScriptable('it is about agents alone');
  return { ...scenario, covers: [...cited], ...(profiles === undefined ? {} : { profiles }), participants, steps: judged };
}

/** A step without the rules that bind only a server whose agents attach; nested steps too. */
function citing(step: StepData, isAboutAgents: (id: string) => boolean): StepData {
  const { cites, ...rest } = step;
  const left = Array.isArray(cites) ? cites.filter((id) => !isAboutAgents(String(id))) : [];
  const nested = Object.entries(rest).map(([key, value]) => [key, key === 'steps' && Array.isArray(value) ? value.map((inner) => (isFields(inner) ? citing(inner, isAboutAgents) : inner)) : value]);
  return { ...Object.fromEntries(nested), ...(left.length === 0 ? {} : { cites: left }) } as StepData;
}

const watching = (data: Scenario['participants'][string]): Scenario['participants'][string] => (typeof data === 'string' ? 'observer' : { ...data, as: 'observer' });

function stepOf(step: StepData, index: number, agents: ReadonlySet<string>, scripts: Map<string, ScriptStep[]>): StepData[] {
  const sender = step['send'];
  if (typeof sender === 'string' && agents.has(sender)) return gateFor(step, sender, index, scripts);
  const watched = step['connect'] ?? step['expect'];
  const nested = step['steps'] !== undefined || step['parallel'] !== undefined || step['race'] !== undefined;
  if (nested && actedBy([step], agents)) throw new NotScriptable('the agent acts at the same time as others');
  if (watched === undefined && actedBy([step], agents)) throw new NotScriptable(`the agent does more than append: ${Object.keys(step)[0] ?? ''}`);
  return [step];
}

/** The step in the place of an agent's command: opens the gate before the append, and waits for what it does. What only an agent is refused has no place. */
function gateFor(step: StepData, agent: string, index: number, scripts: Map<string, ScriptStep[]>): StepData[] {
  const command = isFields(step['command']) ? step['command'] : {};
  const runId = stringField(command, 'runId');
  const ack = isFields(step['ack']) ? step['ack'] : {};
  if (ack['status'] === 'rejected' && step['as'] === undefined) return [];
  const special = JSON.stringify(ack).includes('$capture') ? 'a captured ack' : Object.keys(step).find((key) => !['send', 'command', 'comment', 'cites', 'ack', 'via'].includes(key) || step[key] === false);
  if (special !== undefined || runId === undefined) throw new NotScriptable(`an agent's command is judged: ${special ?? 'no run'}`);
  if (command['type'] === 'run.claim') {
    scripts.set(runId, scripts.get(runId) ?? []);
    return [{ 'await-agent': agent, frame: { type: 'run.started', runId } }];
  }
  if (command['type'] !== 'events.append' || Object.keys(command).length !== 3) throw new NotScriptable(`an agent sends a ${String(command['type'])} of its own making`);
  const events = command['events'];
  const script = scripts.get(runId);
  if (!Array.isArray(events) || script === undefined) throw new NotScriptable('the run was not claimed before');
  const gate = `${runId}-${index}`;
  script.push({ gate }, { append: events as { type: string }[] });
  return [{ 'await-agent': agent, gate, frame: lastOf(events) }];
}

/** What shows that an append is there: the fields of its last event that the server leaves as they are. */
function lastOf(events: readonly Json[]): JsonFields {
  const last = events.at(-1);
  if (!isFields(last)) throw new NotScriptable('an append without events');
  return Object.fromEntries(['type', 'runId', 'messageId', 'partId', 'requestId', 'delta', 'stepId', 'outcome'].flatMap((name) => (last[name] === undefined ? [] : [[name, last[name]]])));
}

/** Gives the message that starts a run the script of that run. */
function withScript(step: StepData, agents: ReadonlySet<string>, scripts: Map<string, ScriptStep[]>): StepData {
  const command = step['command'];
  if (typeof step['send'] !== 'string' || agents.has(step['send']) || !isFields(command) || command['type'] !== 'message.send') return step;
  const runId = stringField(command, 'runId') ?? '';
  const steps = scripts.get(runId);
  const parts = command['parts'];
  if (steps === undefined || !Array.isArray(parts)) return step;
  if (JSON.stringify(steps).includes('${')) throw new NotScriptable('the agent appends what is not known when the run begins');
  scripts.delete(runId);
  // A run that the scenario leaves open stays open.
  const script: Script = { steps: [...steps, { gate: `${runId}-for-ever` }], onCancel: 'ignore' };
  const part = { partId: `${runId}-script`, kind: 'data', name: scriptPartName, data: script };
  return { ...step, command: { ...command, parts: [...(parts as Json[]), part as unknown as Json] } };
}
