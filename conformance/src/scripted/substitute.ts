import { isFields, type Json } from '../scenario/json.ts';
import { createScope, resolve } from '../scenario/scope.ts';

export type Names = { readonly [name: string]: Json };

const expression = /\$\{([^}]*)\}/g;

/** The names that an expression begins its operands with. */
const namesIn = (text: string): string[] => text.split(/\s*[-+*]\s*/).map((operand) => operand.trim().split('.')[0] ?? '').filter((name) => !/^\d+$/.test(name));

/**
 * Replaces the expressions of a value that speak of known names alone, and leaves the others for the run.
 *
 * Throws `ScenarioError` for an expression that mixes both, as for one that can not be judged.
 */
export function substitute(value: Json, names: Names): Json {
  if (typeof value === 'string') return substituteText(value, names);
  if (Array.isArray(value)) return value.map((item: Json) => substitute(item, names));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [String(substitute(key, names)), substitute(item, names)]));
}

function substituteText(text: string, names: Names): Json {
  const scope = createScope((name) => (Object.hasOwn(names, name) ? names[name] : undefined));
  const isKnown = (inner: string): boolean => namesIn(inner).some((name) => Object.hasOwn(names, name));
  const whole = /^\$\{([^}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return isKnown(whole) ? resolve(text, scope) : text;
  return text.replaceAll(expression, (all, inner: string) => (isKnown(inner) ? String(resolve(all, scope)) : all));
}
