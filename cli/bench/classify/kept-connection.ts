/** Requests over kept connections with Node's plain HTTP client, whose own share of a measured time is smaller than `fetch`'s. */
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true });

/** Classifies a JPEG and reads the answer to its end. Throws when it is not 200. */
export async function classify(url: string, photo: Uint8Array): Promise<void> {
  const { status, text } = await send(`${url}/v1/classify`, photo);
  if (status !== 200) throw new Error(`classify answered ${status}: ${text}`);
}

/** Classifies a text in the same way. */
export async function classifyText(url: string, words: string): Promise<void> {
  const { status, text } = await send(`${url}/v1/classify`, Buffer.from(words), "text/plain; charset=utf-8");
  if (status !== 200) throw new Error(`classify answered ${status}: ${text}`);
}

export async function askHealth(url: string): Promise<void> {
  await send(`${url}/v1/health`);
}

function send(
  url: string,
  body?: Uint8Array,
  type = "image/jpeg",
): Promise<{ status: number | undefined; text: string }> {
  const headers = body === undefined ? {} : { "content-type": type, "content-length": body.length };
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent, method: body === undefined ? "GET" : "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
