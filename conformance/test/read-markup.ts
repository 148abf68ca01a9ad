/** One element of a document, with the texts directly inside of it joined. */
export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Element[];
  readonly text: string;
}

const token = /<\?xml[^>]*\?>|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescape = (text: string): string => text.replaceAll(/&([^;\s]*);?/g, (whole, name: string) => {
  const character = whole.endsWith(';') ? entities[name] : undefined;
  if (character === undefined) throw new Error(`an entity must be one of those of XML: got ${whole}`);
  return character;
});

/** Reads XML strictly: throws for whatever is not well-formed, as far as reports use it. */
export function readXml(text: string): Element {
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`markup must be well-formed: got ${text.slice(at, at + 60)}`);
    const [, slash, name, attributes = '', empty, content] = found;
    const parent = open.at(-1) ?? root;
    if (content !== undefined) {
      if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(content + attributes)) throw new Error('XML must hold no control characters');
      parent.text += unescape(content);
    } else if (name !== undefined && slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> must close what is open`);
    } else if (name !== undefined) {
      const element = { name, attributes: Object.fromEntries([...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescape(value)])), children: [] as Element[], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [document] = root.children;
  if (open.length !== 1 || document === undefined || root.children.length !== 1) throw new Error('a document must have one element, which is closed');
  return document;
}
