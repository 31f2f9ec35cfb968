// The line to the server: says when files have changed, and when nobody answers.

const AGAIN = 1000; // ms until the next try

// Call *onChange*, *onMarks* as the server tells, and *onLine* with whether it answers. A
// tab that nobody looks at hangs up: a browser keeps only six lines open to one server.
export function listen({ onChange, onMarks, onLine }) {
  let line = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    line?.close();
    line = null;
  };
  const open = () => {
    close();
    line = new EventSource("/events");
    line.addEventListener("open", () => onLine(true));
    line.addEventListener("change", onChange);
    line.addEventListener("marks", onMarks);
    line.addEventListener("error", () => {
      close();
      onLine(false);
      timer = setTimeout(open, AGAIN);
    });
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else open();
  });
  addEventListener("pagehide", close);
  if (!document.hidden) open();
}
