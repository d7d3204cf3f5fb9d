// Server-sent events over fetch, since EventSource cannot send the API key.

/** Yields { name, data } for each event of a response until it ends; throws where the connection breaks. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let name = "";
  let data = [];
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) {
            yield { name: name || "message", data: data.join("\n") };
          }
          name = "";
          data = [];
        } else if (line.startsWith("data:")) {
          data.push(line.slice(5).replace(/^ /, ""));
        } else if (line.startsWith("event:")) {
          name = line.slice(6).trim();
        } else if (line.startsWith(":")) {
          yield { name: "comment", data: "" };
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
