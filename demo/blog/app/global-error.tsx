'use client';

import './blog.css';

/** Shown by the browser with an answer of status 500, which no cache keeps: the next visit tries again. */
export default function CouldNotRender() {
  return (
    <html lang="en">
      <body>
        <title>This page can’t be made right now</title>
        <main className="list-head" style={{ paddingTop: '15vh' }}>
          <h1>This page can’t be made right now</h1>
          <p>WordPress, where its content lives, doesn’t answer. Please try again in a moment.</p>
        </main>
      </body>
    </html>
  );
}
