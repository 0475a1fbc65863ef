// A studio's own page, on another site than the widget: `localhost` beside `127.0.0.1`.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Serves one page until the test ends; its address. */
export async function hostPage(t, { head = '', body = '', policy }) {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Riverside</title>${head}</head>`
    + `<body><h1>Riverside Studio</h1>${body}</body></html>`;
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
