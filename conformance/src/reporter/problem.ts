import type { Requirement } from '../requirement/requirement.ts';
import type { ScenarioResult, Subject } from '../run/outcome.ts';
import { isFields } from '../scenario/json.ts';
import type { FrameEntry, Transcript } from '../transcript/entry.ts';
import type { Check } from '../verdict/check.ts';
import { commandOf } from './command-of.ts';
import { contradictionOf, type Witness } from './contradiction.ts';
import { drawDiagram, type Diagram } from './diagram.ts';
import { directFirst } from './direct-rule.ts';
import { cut } from './frame-label.ts';
import { setupOf } from './setup.ts';
import { tell, type Told } from './told.ts';

/** A requirement as a report names it. */
export interface CitedRequirement {
  readonly id: string;
  readonly level: string;
  readonly sentence: string;
  /** Where it stands, from the root of the repository; absent if this revision has no such id. */
  readonly link?: string;
  readonly consequence?: string;
}

/** A finding that did not hold, with everything that a report shows of it. */
export interface Breach {
  readonly check: Check;
  /** What it found, in the fewest words. */
  readonly told: Told;
  /** Everything that it cites, the one that it shows directly broken in front. */
  readonly requirements: readonly CitedRequirement[];
  readonly contradiction: readonly Witness[];
  /** What the server told of each limit that the requirements name. */
  readonly limits: readonly string[];
  /** Lines of the transcript that set up what is judged. */
  readonly setup: readonly number[];
  /** The offending frame as it stood on the wire, behind the command that it answers, each cut to a readable length. */
  readonly frames: readonly { readonly line: number; readonly text: string }[];
}

/** A scenario that did not pass: its breaches, the one that went wrong first in front. */
export interface Problem {
  readonly subject: Subject;
  readonly result: ScenarioResult;
  readonly breaches: readonly Breach[];
  /** Why there is no verdict, where no check tells. */
  readonly reason?: string;
  readonly again: string;
}

/** What a problem is told with, beside the result. */
export interface ProblemContext {
  readonly requirementOf: (id: string) => Requirement | undefined;
  readonly consequenceOf: (id: string) => string | undefined;
  /** The options that lead to the target, for the command that runs it again. */
  readonly flags: string;
}

const frameLength = 600;

/** Oracles that compare what events add up to: a hole or a change in the events explains what they find. */
const comparesStates = new Set(['oracle snapshot', 'oracle fold-rules']);

/** Whether people have to look at a result: it is neither good, nor expected, nor out of the question. */
export const isProblem = ({ outcome, checks }: ScenarioResult): boolean =>
  outcome === 'fail' || outcome === 'inconclusive' || outcome === 'harness error' || checks.some(({ verdict }) => verdict === 'warn');

/** Gathers what a report says of one scenario that did not pass. */
export function problemOf(subject: Subject, result: ScenarioResult, context: ProblemContext): Problem {
  const broken = result.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  // What went wrong first is the most likely cause of the rest; a MUST goes before a SHOULD, and a state that differs after what differs in the events.
  const rank = ({ verdict, lines, source }: Check): number => (verdict === 'fail' ? 0 : 1e9) + (comparesStates.has(source) ? 1e8 : 0) + (lines[0] ?? 1e7);
  const breaches = broken.toSorted((left, right) => rank(left) - rank(right)).map((check) => breachOf(check, result, context));
  const hasReason = result.reason !== undefined && (broken.length === 0 || result.outcome === 'harness error' || result.outcome === 'inconclusive');
  return { subject, result, breaches, ...(hasReason ? { reason: result.reason } : {}), again: rerun(subject, result, context.flags) };
}

/** The diagram of a problem: around its first breach, or its end. */
export function diagramOf({ subject, result, breaches }: Problem, bounds: { readonly before: number; readonly after: number; readonly labelLength: number; readonly isFocused: boolean }): Diagram {
  const [first] = breaches;
  const lines = first?.check.lines ?? [];
  return drawDiagram(result.transcript, { ...bounds, subject, lines, setup: first?.setup ?? [], ...(lines.length > 0 ? {} : { after: 0 }), cites: first?.check.cites ?? result.covers, isVain: first !== undefined && isVain(first.check) });
}

/** Whether a check waited for what did not come: then the frame that it names is only the last that did. */
const isVain = ({ actual = '', path }: Check): boolean => path === undefined && (actual.includes('; the last to come was ') || /^(no|none|nothing|not within)\b/.test(actual));

function breachOf(check: Check, result: ScenarioResult, context: ProblemContext): Breach {
  const entry = result.transcript.find(({ line }) => line === check.lines[0]);
  const command = entry?.kind === 'frame' ? commandOf(entry, result.transcript) : undefined;
  const frames = entry?.kind !== 'frame' ? [] : [...(command === undefined ? [] : [command]), entry];
  const told = tell(check, result.transcript);
  return {
    check,
    told,
    requirements: directFirst(check, told, context.requirementOf).map((id) => cite(id, context)),
    contradiction: contradictionOf(check, result.transcript),
    limits: limitsOf(check, result.transcript, context),
    setup: entry?.kind === 'frame' ? setupOf(entry, result.transcript, told.pattern) : [],
    frames: frames.map((frame) => ({ line: frame.line, text: frameText(frame) })),
  };
}

/** The limits that the cited sentences name, as the server advertised them: a rule of a time can not be judged without its time. */
function limitsOf({ cites, lines }: Check, transcript: Transcript, { requirementOf }: ProblemContext): string[] {
  const names = new Set(cites.flatMap((id) => [...(requirementOf(id)?.sentence ?? '').matchAll(/(?:limits|welcome)\.(\w+Ms|\w*(?:max|retain)\w+|\w+PerSecond)/g)].map(([, name = '']) => name)));
  const until = lines[0] ?? Infinity;
  const welcome = transcript.findLast((entry) => entry.kind === 'frame' && entry.frame['type'] === 'welcome' && entry.line <= until);
  if (welcome?.kind !== 'frame') return [];
  const { limits } = welcome.frame;
  return [...names].flatMap((name) => {
    const value = (isFields(limits) ? limits[name] : undefined) ?? welcome.frame[name];
    return value === undefined ? [] : [`${name} is ${JSON.stringify(value)} (line ${welcome.line})`];
  });
}

const frameText = ({ text, sseId }: FrameEntry): string => `${sseId === undefined ? '' : `id: ${sseId}  `}${cut(text, frameLength)}`;

/** A requirement by its id, with its link and what breaking it does. */
export function cite(id: string, { requirementOf, consequenceOf }: Pick<ProblemContext, 'requirementOf' | 'consequenceOf'>): CitedRequirement {
  const requirement = requirementOf(id);
  const consequence = consequenceOf(id);
  if (requirement === undefined) return { id, level: '', sentence: '(not in this revision)' };
  return { id, level: requirement.level, sentence: requirement.sentence, link: `spec/v1/${requirement.page}`, ...(consequence === undefined ? {} : { consequence }) };
}

/** The command that runs only this scenario again, over only this transport. */
function rerun(subject: Subject, { scenario, variant }: ScenarioResult, flags: string): string {
  const transport = variant === 'websocket' ? ' --transport ws' : variant === 'sse' ? ' --transport sse' : '';
  return `npx @durable-session/conformance ${subject}${flags} --only ${scenario}${transport}`;
}
