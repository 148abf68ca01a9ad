import { isFields, type Json } from './json.ts';
import { ScenarioError } from './scenario-error.ts';

/**
 * What the names in a scenario stand for while it runs.
 *
 * A child scope (of a loop or a fragment) sees the names of its parent and adds its own; what is captured goes to the outermost scope, so that a fragment can hand something back.
 */
export interface Scope {
  lookup(name: string): Json | undefined;
  capture(name: string, value: Json): void;
  child(names: { readonly [name: string]: Json }): Scope;
}

/** Creates the outermost scope; `builtIn` answers for names such as `limits` or a participant's. */
export function createScope(builtIn: (name: string) => Json | undefined): Scope {
  const captured = new Map<string, Json>();
  const nested = (names: { readonly [name: string]: Json }, parent: (name: string) => Json | undefined): Scope => {
    const lookup = (name: string): Json | undefined => (Object.hasOwn(names, name) ? names[name] : parent(name));
    return { lookup, capture: (name, value) => captured.set(name, value), child: (more) => nested(more, lookup) };
  };
  return nested({}, (name) => captured.get(name) ?? builtIn(name));
}

const whole = /^\$\{([^}]*)\}$/;
const inside = /\$\{([^}]*)\}/g;

/** Replaces every `${expression}` in a value. A string that is nothing but one expression becomes its value, of whatever type. */
export function resolve(value: Json, scope: Scope): Json {
  if (typeof value === 'string') {
    const only = whole.exec(value)?.[1];
    if (only !== undefined) return evaluate(only, scope);
    return value.replaceAll(inside, (_, expression: string) => plainText(evaluate(expression, scope)));
  }
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, scope));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [resolveKey(key, scope), resolve(item, scope)]));
}

const resolveKey = (key: string, scope: Scope): string => key.replaceAll(inside, (_, expression: string) => plainText(evaluate(expression, scope)));

const plainText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** An expression is a name with a path, or an integer, followed by any number of `+ - *` and another, judged from left to right. */
function evaluate(expression: string, scope: Scope): Json {
  const [first = '', ...rest] = expression.split(/\s*([-+*])\s*/);
  let value = operand(first.trim(), scope);
  for (let index = 0; index < rest.length; index += 2) value = calculate(rest[index] ?? '', value, operand(rest[index + 1] ?? '', scope), expression);
  return value;
}

function operand(text: string, scope: Scope): Json {
  if (/^\d+$/.test(text)) return Number(text);
  const [name = '', ...path] = text.split('.');
  let value = scope.lookup(name);
  for (const field of path) value = member(value, field);
  if (value === undefined) throw new ScenarioError(`\${${text}} must stand for something: it is not captured, not a parameter and not built in`);
  return value;
}

function member(value: Json | undefined, field: string): Json | undefined {
  if (isFields(value)) return value[field];
  if (Array.isArray(value)) return (value as readonly Json[])[Number(field)];
  // Ids and epochs are compared byte by byte, which only a value in other letters can show.
  return typeof value === 'string' && field === 'inOtherCase' ? inOtherCase(value) : undefined;
}

const inOtherCase = (text: string): string => text.replaceAll(/[A-Za-z]/g, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()));

function calculate(operator: string, left: Json, right: Json, expression: string): number {
  if (typeof left !== 'number' || typeof right !== 'number') throw new ScenarioError(`\${${expression}} must have numbers`);
  return operator === '+' ? left + right : operator === '-' ? left - right : left * right;
}
