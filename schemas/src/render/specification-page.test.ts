import { describe, expect, it } from 'vitest';
import { renderJson } from './json-text.ts';
import { fillPage } from './specification-page.ts';

const sources = {
  definitions: { Ping: { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 1 }, b: { enum: ['x', 'y'] } } } },
  example: (name: string) => (name === 'Ping/first' ? '{ "a": 1 }' : undefined),
};

const page = (mark: string, inside = '') => `before\n<!-- generated: ${mark} -->\n${inside}<!-- /generated -->\nafter\n`;

describe('fillPage', () => {
  it('fills a mark with its example', () => {
    expect(fillPage(page('example Ping/first'), sources)).toEqual({ text: page('example Ping/first', '```json\n{"a": 1}\n```\n'), problems: [] });
  });

  it('fills a mark with the fields of a schema', () => {
    const table = '**`Ping`**\n\n| Field | Value | Required |\n| --- | --- | --- |\n| `a` | integer, at least 1 | yes |\n| `b` | `x`, `y` | no |\n';
    expect(fillPage(page('fields Ping', 'what stood here\n'), sources).text).toBe(page('fields Ping', table));
  });

  it('fills a page once for all: a second time changes nothing', () => {
    const { text } = fillPage(page('errors') + page('limits') + page('transitions run') + page('messages run'), sources);
    expect(fillPage(text, sources)).toEqual({ text, problems: [] });
  });

  it.each(['example Ping/second', 'fields Pong', 'transitions moon', 'messages moon', 'weather'])('leaves "%s" as it is, and says so', (mark) => {
    const text = page(mark, 'what stood here\n');
    expect(fillPage(text, sources)).toEqual({ text, problems: [`a mark must name something that can be generated: got ${mark}`] });
  });
});

describe('renderJson', () => {
  it('breaks only what does not fit the line', () => {
    const long = 'd'.repeat(20);
    expect(renderJson({ a: [1, 2], b: { c: long } }, 30)).toBe(['{', '  "a": [1, 2],', '  "b": {', `    "c": "${long}"`, '  }', '}'].join('\n'));
    expect(renderJson({ a: {}, b: [] })).toBe('{"a": {}, "b": []}');
  });
});
