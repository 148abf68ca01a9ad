/** Renders a JSON value for readers: on one line where it fits the width, else one line for each member. */
export function renderJson(value: unknown, width = 120, indent = ''): string {
  const line = renderLine(value);
  if (indent.length + line.length <= width || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const [open, close, members] = Array.isArray(value)
    ? ['[', ']', value.map((item) => renderJson(item, width, inner))]
    : ['{', '}', Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${renderJson(member, width, inner)}`)];
  return `${open}\n${members.map((member) => `${inner}${member}`).join(',\n')}\n${indent}${close}`;
}

function renderLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${renderLine(member)}`);
  return members.length === 0 ? '{}' : `{${members.join(', ')}}`;
}
