/** The script of the page: filters, links that open what they lead to, and copying a command. Without it everything is there, only unfiltered. */
export const script = `
for (const form of document.querySelectorAll('form[data-filter]')) {
  const items = [...document.querySelectorAll('#' + form.dataset.filter + '-list [data-status]')];
  const find = form.elements.find;
  const apply = () => {
    const status = form.elements[form.dataset.filter + '-status'].value;
    const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const isShown = (status === '' || item.dataset.status === status) && words.every((word) => item.dataset.text.includes(word));
      item.hidden = !isShown;
      if (isShown) shown += 1;
    }
    form.querySelector('output').textContent = shown === items.length ? '' : shown + ' of ' + items.length;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.show = (text) => { find.value = text; form.elements[form.dataset.filter + '-status'].value = ''; apply(); };
  apply();
}
const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const form = target.closest('[id$=-list]') && document.querySelector('form[data-filter=' + target.closest('[id$=-list]').id.replace('-list', '') + ']');
  if (target.hidden && form) form.show('');
  if (target.tagName === 'DETAILS') target.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-find]');
  if (link) document.querySelector('form[data-filter=scenarios]').show(link.dataset.find);
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const code = button.previousElementSibling;
  getSelection().selectAllChildren(code);
  navigator.clipboard?.writeText(code.textContent).then(() => { button.textContent = 'Copied'; }, () => { button.textContent = 'Selected'; });
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.closest('input')) return;
  event.preventDefault();
  document.querySelector('form[data-filter=scenarios] input[type=search]').focus();
});
reveal();
`;
