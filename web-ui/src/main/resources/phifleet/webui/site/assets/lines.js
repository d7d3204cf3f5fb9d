// Lines of text out of a response, as they come.

export async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) {
      break;
    }
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    yield* parts.filter((line) => line !== "");
  }
  if (rest !== "") {
    yield rest;
  }
}
