// A studio's own page, on another site than the widget: `localhost` beside `127.0.0.1`.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/** Serves one page until the test ends; its address. */
export function hostPage(t, { head = '', body = '', policy }) {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Riverside</title>${head}</head>`
    + `<body><h1>Riverside Studio</h1>${body}</body></html>`;
  return serve(t, page, policy);
}

/** Serves the page of the example, with this studio's addresses in it. */
export async function examplePage(t, studio) {
  const page = await readFile(new URL('../../examples/embed/index.html', import.meta.url), 'utf8');
  const { origin, pathname } = new URL(studio.widget);
  return serve(t, page.replaceAll('http://127.0.0.1:8080', origin).replaceAll('/w/BRANCH/LINK', pathname));
}

async function serve(t, page, policy) {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    if (policy) answer.setHeader('content-security-policy', policy);
    answer.end(page);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://localhost:${server.address().port}/`;
}

/** The two lines. */
export const twoLines = (studio, attributes = '') => ({
  head: `<script type="module" src="${new URL('/embed.js', studio.widget)}"></script>`,
  body: `<cartwheel-widget src="${studio.widget}" ${attributes}></cartwheel-widget>`,
});
