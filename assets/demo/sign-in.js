// The list of people follows the typing, and a sign-out that needs no answer goes on by itself.
const filter = document.querySelector('input[data-filter]');
const list = document.getElementById('people');
const nobody = document.querySelector('.nobody');

function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

if (filter && list && nobody) {
  filter.addEventListener('input', () => {
    const query = fold(filter.value);
    let shown = 0;
    for (const row of list.children) {
      row.hidden = !row.dataset.text.includes(query);
      if (!row.hidden) shown += 1;
    }
    nobody.hidden = shown > 0;
  });
}

const atOnce = document.querySelector('button[data-submit-at-once]');
if (atOnce?.form) atOnce.form.requestSubmit(atOnce);
